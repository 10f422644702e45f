#include "wire/json.hpp"

#include <stdexcept>

#include <google/protobuf/util/json_util.h>

namespace torntape::wire {

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
  return std::string{status.message()};
}

}  // namespace torntape::wire
