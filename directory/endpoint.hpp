// ADDR:PORT, as given on a command line and in a network file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace torntape::directory {

struct Endpoint {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // listening: 0 means any

  friend bool operator==(Endpoint const&, Endpoint const&) = default;
};

// "127.0.0.1:12701", "[::1]:12701", "localhost:12701". None where it is no such thing.
[[nodiscard]] std::optional<Endpoint> read_endpoint(std::string_view text);
[[nodiscard]] std::string to_string(Endpoint const& endpoint);

}  // namespace torntape::directory
