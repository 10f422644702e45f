#include "router/relay/event.hpp"

#include <algorithm>
#include <charconv>

namespace torntape::relay {

namespace {

// Message numbers are kept in 48 bits beside the 16 of a copy.
constexpr MessageNumber highest_number = (MessageNumber{1} << 48) - 1;

// Plain decimal digits that fill `text`: no sign, no leading zero, so that an id has one spelling.
template <class Number>
bool read_whole(std::string_view text, Number& number) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  Number read_number = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, read_number);
  if (error != std::errc{} || stop != end) return false;
  number = read_number;
  return true;
}

constexpr std::string_view circuit_mark = "circuit ";

}  // namespace

std::string circuit_queue(std::string_view circuit) {
  return std::string(circuit_mark) + std::string(circuit);
}

std::string_view circuit_of(std::string_view circuit_queue) {
  return circuit_queue.substr(circuit_mark.size());
}

bool is_circuit_queue(std::string_view queue) { return queue.starts_with(circuit_mark); }

bool is_set_aside_queue(std::string_view queue) {
  auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !queue.empty() && queue.front() >= 'a' && queue.front() <= 'z' && queue != intercept_queue &&
         std::ranges::all_of(queue, fits);
}

std::string to_string(MessageNumber message) { return std::to_string(message); }

std::string to_string(CopyId copy) { return std::to_string(copy.message) + "-" + std::to_string(copy.copy); }

bool read(std::string_view text, MessageNumber& message) {
  MessageNumber number = 0;
  if (!read_whole(text, number) || number == 0 || number > highest_number) return false;
  message = number;
  return true;
}

bool read(std::string_view text, CopyId& copy) {
  auto const dash = text.find('-');
  CopyId id;
  if (dash == std::string_view::npos || !read(text.substr(0, dash), id.message) ||
      !read_whole(text.substr(dash + 1), id.copy))
    return false;
  copy = id;
  return true;
}

}  // namespace torntape::relay
