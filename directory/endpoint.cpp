#include "directory/endpoint.hpp"

#include <charconv>

#include <fmt/format.h>

namespace torntape::directory {

std::optional<Endpoint> read_endpoint(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto const digits = text.substr(colon + 1);
  auto const* const end = digits.data() + digits.size();
  Endpoint endpoint;
  auto const [stop, error] = std::from_chars(digits.data(), end, endpoint.port);
  if (digits.empty() || error != std::errc{} || stop != end) return std::nullopt;
  auto address = text.substr(0, colon);
  bool const bracketed = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (bracketed) address = address.substr(1, address.size() - 2);
  if (address.empty() || (!bracketed && address.find_first_of("[]:") != std::string_view::npos))
    return std::nullopt;
  endpoint.address = address;
  return endpoint;
}

std::string to_string(Endpoint const& endpoint) {
  bool const bracketed = endpoint.address.find(':') != std::string::npos;
  return bracketed ? fmt::format("[{}]:{}", endpoint.address, endpoint.port)
                   : fmt::format("{}:{}", endpoint.address, endpoint.port);
}

}  // namespace torntape::directory
