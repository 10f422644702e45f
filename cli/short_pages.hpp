// Ids that the program prints and that are no rules of the validator: of network files and of relaying.
#pragma once

#include <span>
#include <string_view>

namespace torntape::cli {

struct ShortPage {
  std::string_view id;    // "NET-05", "RT-50"
  std::string_view name;  // "given-twice"; of RT ids "relaying"
  std::string_view what;
  std::string_view where;  // where it is laid down
};

[[nodiscard]] std::span<ShortPage const> short_pages();
// By id or name, in capitals or not; null where there is none.
[[nodiscard]] ShortPage const* short_page(std::string_view id_or_name);

}  // namespace torntape::cli
