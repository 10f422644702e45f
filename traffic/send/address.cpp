#include "traffic/send/address.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>

#include <curl/curl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace torntape::send {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::string part_of(CURLU* url, CURLUPart part, unsigned flags = CURLU_URLDECODE) {
  char* found = nullptr;
  if (curl_url_get(url, part, &found, flags) != CURLUE_OK) return {};
  std::string text{found};
  curl_free(found);
  return text;
}

std::string decoded(std::string_view text) {
  std::string plus{text};
  std::ranges::replace(plus, '+', ' ');
  int length = 0;
  char* const found = curl_easy_unescape(nullptr, plus.c_str(), static_cast<int>(plus.size()), &length);
  if (found == nullptr) return plus;
  std::string result(found, static_cast<std::size_t>(length));
  curl_free(found);
  return result;
}

std::map<std::string, std::string> options_of(std::string_view query) {
  std::map<std::string, std::string> options;
  while (!query.empty()) {
    auto const end = query.find('&');
    auto const one = query.substr(0, end);
    auto const equals = one.find('=');
    auto const value = equals == std::string_view::npos ? std::string_view{"yes"} : one.substr(equals + 1);
    if (!one.empty()) options[decoded(one.substr(0, equals))] = decoded(value);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
  }
  return options;
}

// A password is nobody's business who reads a report.
std::string without_password(std::string text, std::string const& password) {
  if (password.empty()) return text;
  auto const at = text.find('@'), colon = text.rfind(':', at);
  if (at != std::string::npos && colon != std::string::npos) text.erase(colon, at - colon);
  return text;
}

}  // namespace

std::optional<std::string> Address::unknown_option(std::set<std::string> const& known) const {
  for (auto const& [name, value] : options)
    if (!known.contains(name))
      return known.empty()
                 ? fmt::format("{}:// has no option '{}' here, and no other", scheme, name)
                 : fmt::format("{}:// has no option '{}'; it has {}", scheme, name, fmt::join(known, ", "));
  return std::nullopt;
}

std::optional<std::string> Address::neither_yes_nor_no(std::set<std::string> const& names) const {
  for (auto const& [name, value] : options)
    if (names.contains(name) && value != "yes" && value != "no")
      return fmt::format("{}={} is neither yes nor no", name, value);
  return std::nullopt;
}

std::variant<Address, std::string> read_address(std::string const& text) {
  if (text.find("://") == std::string::npos)
    return fmt::format("'{}' is no address such as file:///tmp/out/ or tcp://127.0.0.1:12727", text);
  Url const url{curl_url()};
  constexpr auto flags = CURLU_NON_SUPPORT_SCHEME | CURLU_NO_AUTHORITY;
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), flags) != CURLUE_OK) {
    if (text.starts_with("file://")) return "file:// takes a whole path: file:///tmp/out/";
    return fmt::format("'{}' is no address: SCHEME://HOST:PORT/…", text);
  }
  Address address;
  address.scheme = part_of(url.get(), CURLUPART_SCHEME);
  std::ranges::transform(address.scheme, address.scheme.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  address.user = part_of(url.get(), CURLUPART_USER);
  address.password = part_of(url.get(), CURLUPART_PASSWORD);
  address.text = without_password(text, address.password);
  address.host = part_of(url.get(), CURLUPART_HOST);
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  address.port = static_cast<std::uint16_t>(std::atoi(part_of(url.get(), CURLUPART_PORT).c_str()));
  address.path = part_of(url.get(), CURLUPART_PATH);
  address.options = options_of(part_of(url.get(), CURLUPART_QUERY, 0));
  address.without_query = text.substr(0, text.find('?'));
  if (address.scheme == "file" && address.path.empty()) return "file:// takes a whole path: file:///tmp/out/";
  if (address.scheme != "file" && address.host.empty())
    return fmt::format("'{}' names no host: {}://HOST:PORT", address.text, address.scheme);
  return address;
}

}  // namespace torntape::send
