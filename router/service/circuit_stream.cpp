#include "router/service/circuit_stream.hpp"

#include <utility>

#include "grammar/framing.hpp"

namespace torntape::service {

namespace {

constexpr std::string_view end_of_message = "NNNN";

}  // namespace

void CircuitStream::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const end = bytes.find('\n');
    auto const piece = bytes.substr(0, end == std::string_view::npos ? bytes.size() : end + 1);
    bytes.remove_prefix(piece.size());
    gathered_ += piece;
    if (end == std::string_view::npos) return;
    if (std::string_view(gathered_).substr(line_).starts_with(end_of_message)) cut();
    line_ = gathered_.size();
  }
}

// What gathered ends with NNNN; it may hold the beginning of another message, that never came to its end.
void CircuitStream::cut() {
  grammar::Framer framer;
  framer.feed(gathered_);
  framer.finish();
  while (auto const frame = framer.next()) whole_.emplace_back(frame->bytes);
  gathered_.clear();
}

std::string CircuitStream::next() {
  if (whole_.empty()) return {};
  auto first = std::move(whole_.front());
  whole_.pop_front();
  return first;
}

}  // namespace torntape::service
