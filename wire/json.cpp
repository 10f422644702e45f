#include "wire/json.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include <google/protobuf/util/json_util.h>

namespace torntape::wire {
namespace {

std::string_view taken_line(std::string_view& text) {
  auto const line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

// protobuf tells of broken JSON in three lines: a sentence, a stretch of the text, a mark below the place.
// "no JSON: unexpected token at 'VZCZC'".
std::string not_json(std::string_view sentence, std::string_view rest) {
  auto const stretch = taken_line(rest);
  auto const place = stretch.substr(std::min(stretch.size(), taken_line(rest).find('^')));
  std::string why{"no JSON: "};
  why.append(1, static_cast<char>(std::tolower(static_cast<unsigned char>(sentence.front()))));
  why.append(sentence.substr(1));
  if (place.empty()) return why.append(" at its end");
  return why.append(" at '").append(place).append("'");
}

std::string in_one_line(std::string_view told) {
  constexpr std::string_view unknown = ": Cannot find field";
  auto sentence = taken_line(told);
  if (sentence.ends_with('.')) sentence.remove_suffix(1);
  if (sentence.empty()) return "no JSON";
  if (sentence.ends_with(unknown)) {
    sentence.remove_suffix(unknown.size());
    return std::string{"unknown key '"}.append(sentence).append("'");
  }
  return told.empty() ? std::string{sentence} : not_json(sentence, told);
}

}  // namespace

std::string to_json(google::protobuf::Message const& message, Layout layout) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = layout == Layout::pretty;
  std::string out;
  auto const status = google::protobuf::util::MessageToJsonString(message, &out, options);
  // Only a message that is wrong in itself, such as a Timestamp out of range, cannot be printed.
  if (!status.ok()) throw std::logic_error("to_json: " + status.ToString());
  return out;
}

std::optional<std::string> from_json(std::string_view json, google::protobuf::Message& message) {
  message.Clear();
  auto const status = google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, &message);
  if (status.ok()) return std::nullopt;
  auto const told = status.message();
  return in_one_line({told.data(), told.size()});
}

}  // namespace torntape::wire
