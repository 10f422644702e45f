// What stands behind --to and --from: "nats://127.0.0.1:4222/torntape.out?stream=OUT&rate=100".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace torntape::send {

struct Address {
  std::string text;    // as given, without a password
  std::string scheme;  // in small letters
  std::string user, password;
  std::string host;
  std::uint16_t port = 0;     // 0: none given
  std::string path;           // decoded, with its slant
  std::string without_query;  // as given, up to the question mark
  std::map<std::string, std::string> options;

  [[nodiscard]] std::string option(std::string const& name, std::string const& otherwise = {}) const {
    auto const place = options.find(name);
    return place == options.end() ? otherwise : place->second;
  }
  [[nodiscard]] bool is_yes(std::string const& name) const { return option(name) == "yes"; }
  // Why an option is of no use here: none is passed over in silence.
  [[nodiscard]] std::optional<std::string> unknown_option(std::set<std::string> const& known) const;
  // Why one of these is neither yes nor no.
  [[nodiscard]] std::optional<std::string> neither_yes_nor_no(std::set<std::string> const& names) const;
};

// Or what is wrong with it.
[[nodiscard]] std::variant<Address, std::string> read_address(std::string const& text);

}  // namespace torntape::send
