// The schema's messages as proto3 JSON: lowerCamelCase names, enumerations by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <google/protobuf/message.h>

namespace torntape::wire {

enum class Layout : unsigned char {
  compact,  // one line, without an end of line
  pretty    // indented, ends with an end of line
};

[[nodiscard]] std::string to_json(google::protobuf::Message const& message, Layout layout = Layout::compact);

// Replaces what the message held. Returns what is wrong, in words; unknown names are wrong.
[[nodiscard]] std::optional<std::string> from_json(std::string_view json, google::protobuf::Message& message);

}  // namespace torntape::wire
