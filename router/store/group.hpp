// A group of records as bytes in a log: torntape.store.v1.Group.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "router/relay/event.hpp"

namespace torntape::store {

struct Group {
  std::vector<relay::Record> records;
  // Messages as they are now, and the last channel numbers: whoever knows the message already learns nothing.
  bool told_again = false;
};

[[nodiscard]] std::string encode(std::span<relay::Record const> records, bool told_again = false);
// None where the bytes are damaged.
[[nodiscard]] std::optional<Group> decode_group(std::string_view bytes);

}  // namespace torntape::store
