#include "router/service/delivery.hpp"

#include <utility>

#include <spdlog/spdlog.h>
#include <torntape/v1/switch.pb.h>

#include "router/service/response.hpp"
#include "wire/delimited.hpp"

namespace torntape::service {
namespace {

// Fields of a message may be put one behind the other on the wire: so a message that was serialised once
// goes into any number of copies.
void append_field(int number, std::string_view bytes, std::string& out) {
  constexpr unsigned length_delimited = 2;
  wire::append_varint((static_cast<unsigned>(number) << 3U) | length_delimited, out);
  wire::append_delimited(bytes, out);
}

}  // namespace

std::shared_ptr<std::string const> Messages::serialised(relay::MessageNumber number) {
  if (auto kept = find(number)) return kept;
  auto found = store_.message(number);
  auto* const stored = std::get_if<store::Store::Stored>(&found);
  if (stored == nullptr) return nullptr;
  auto bytes = std::make_shared<std::string const>(to_proto(std::move(*stored)).SerializeAsString());
  keep(number, bytes);
  return bytes;
}

std::shared_ptr<std::string const> Messages::find(relay::MessageNumber number) {
  std::scoped_lock const lock{mutex_};
  auto const place = places_.find(number);
  if (place == places_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, place->second);
  return kept_.front().bytes;
}

void Messages::keep(relay::MessageNumber number, std::shared_ptr<std::string const> bytes) {
  std::scoped_lock const lock{mutex_};
  if (places_.contains(number)) return;
  bytes_ += bytes->size();
  kept_.push_front({number, std::move(bytes)});
  places_.emplace(number, kept_.begin());
  while (bytes_ > max_bytes_) {
    bytes_ -= kept_.back().bytes->size();
    places_.erase(kept_.back().number);
    kept_.pop_back();
  }
}

Collected collected(std::uint64_t id, std::span<relay::HandedCopy const> copies, Messages& messages,
                    std::size_t max_bytes) {
  std::string list;
  Collected out;
  for (auto const& handed : copies) {
    auto const message = messages.serialised(handed.id.message);
    if (!message) {
      auto const damaged = relay::to_string(handed.id);
      spdlog::error("the message of copy {} is damaged in the store; file its text again to make it whole",
                    damaged);
      append_field(v1::CollectResponse::kDamagedCopyIdsFieldNumber, damaged, list);
      out.damaged.push_back(handed.id);
      ++out.copies;
      continue;
    }
    if (!list.empty() && list.size() + message->size() > max_bytes) break;
    auto copy = to_proto(handed).SerializeAsString();
    append_field(v1::Copy::kMessageFieldNumber, *message, copy);
    append_field(v1::CollectResponse::kCopiesFieldNumber, copy, list);
    ++out.copies;
  }
  for (auto const& handed : copies.subspan(out.copies)) out.left.push_back(handed.id);
  v1::Response head;
  head.set_id(id);
  out.response = head.SerializeAsString();
  append_field(v1::Response::kCollectFieldNumber, list, out.response);
  return out;
}

}  // namespace torntape::service
