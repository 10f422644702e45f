#include "router/service/http_message.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace torntape::service {
namespace {

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The part before the separator, which is taken off the text.
std::string_view take_part(std::string_view& text, char separator) {
  auto const at = text.find(separator);
  auto const part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return part;
}

std::optional<unsigned> hexadecimal(std::string_view digits) {
  unsigned value = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, error] = std::from_chars(digits.data(), end, value, 16);
  if (digits.size() != 2 || error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  for (std::size_t i = 0; i != text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus_is_blank) c = ' ';
    if (c == '%') {
      auto const value = hexadecimal(text.substr(i + 1, 2));
      if (!value) return std::nullopt;
      c = static_cast<char>(*value);
      i += 2;
    }
    out.push_back(c);
  }
  return out;
}

bool read_path(std::string_view path, HttpTarget& out) {
  while (!path.empty()) {
    bool const last = path.find('/') == std::string_view::npos;
    auto segment = decoded(take_part(path, '/'), false);
    if (!segment) return false;
    out.path.push_back(std::move(*segment));
    if (path.empty() && !last) out.path.emplace_back();  // a slash at the end
  }
  return true;
}

bool read_query(std::string_view query, HttpTarget& out) {
  while (!query.empty()) {
    auto value = take_part(query, '&');
    auto const name = take_part(value, '=');
    auto decoded_name = decoded(name, true), decoded_value = decoded(value, true);
    if (!decoded_name || !decoded_value) return false;
    if (!decoded_name->empty()) out.query.emplace_back(std::move(*decoded_name), std::move(*decoded_value));
  }
  return true;
}

// "text/*;q=0.5"
struct Range {
  std::string_view type;
  int quality = 1'000;  // thousandths
};

// "0.5" → 500; what cannot be read is 1.
int quality(std::string_view text) {
  if (text.starts_with("1")) return 1'000;
  if (!text.starts_with("0")) return 1'000;
  text.remove_prefix(std::min<std::size_t>(text.size(), 2));
  int value = 0;
  for (std::size_t i = 0; i != 3; ++i)
    value = value * 10 + (i < text.size() && text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 0);
  return value;
}

Range read_range(std::string_view text) {
  Range range{.type = trimmed(take_part(text, ';'))};
  while (!text.empty()) {
    auto value = trimmed(take_part(text, ';'));
    auto const name = trimmed(take_part(value, '='));
    if (equal_ignoring_case(name, "q")) range.quality = quality(trimmed(value));
  }
  return range;
}

// How closely a range names a type: 0 not at all, 1 as any, 2 as one of a kind, 3 by its name.
int closeness(std::string_view range, std::string_view type) {
  if (equal_ignoring_case(range, type)) return 3;
  if (range == "*/*") return 1;
  bool const kind = range.ends_with("/*") && range.size() >= 3;
  auto const stem = range.substr(0, kind ? range.size() - 1 : 0);
  return kind && equal_ignoring_case(stem, type.substr(0, stem.size())) ? 2 : 0;
}

// The quality that the closest range gives to a type.
int quality_of(std::string_view type, std::string_view accept) {
  int closest = 0, found = 0;
  while (!accept.empty()) {
    auto const range = read_range(take_part(accept, ','));
    auto const how = closeness(range.type, type);
    if (how <= closest) continue;
    closest = how;
    found = range.quality;
  }
  return found;
}

bool is_number(std::string_view text, unsigned most) {
  unsigned value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  return !text.empty() && error == std::errc{} && stop == end && value <= most;
}

// "127.0.0.1"
bool is_loopback_v4(std::string_view host) {
  if (!host.starts_with("127.")) return false;
  std::size_t parts = 0;
  for (bool more = true; more; ++parts) {
    more = host.find('.') != std::string_view::npos;
    if (!is_number(take_part(host, '.'), 255)) return false;
  }
  return parts == 4;
}

}  // namespace

bool equal_ignoring_case(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, [](char a, char b) { return small(a) == small(b); });
}

std::optional<std::string_view> HttpRequest::header(std::string_view name) const {
  for (auto const& [known, value] : headers)
    if (equal_ignoring_case(known, name)) return value;
  return std::nullopt;
}

std::optional<HttpTarget> read_target(std::string_view target) {
  if (!target.starts_with('/')) return std::nullopt;
  target.remove_prefix(1);
  HttpTarget out;
  auto const path = take_part(target, '?');
  if (!read_path(path, out) || !read_query(target, out)) return std::nullopt;
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~";
  std::string out;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    bool const letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos)
      out.push_back(c);
    else
      out.append(1, '%').append(1, digits[byte >> 4U]).append(1, digits[byte & 0xFU]);
  }
  return out;
}

std::string media_type(std::string_view content_type) {
  std::string type{trimmed(take_part(content_type, ';'))};
  std::ranges::transform(type, type.begin(), small);
  return type;
}

std::optional<std::string_view> accepted_type(std::optional<std::string_view> accept,
                                              std::vector<std::string_view> const& offered) {
  if (!accept || trimmed(*accept).empty()) return offered.front();
  std::optional<std::string_view> best;
  int best_quality = 0;
  for (auto const type : offered)
    if (auto const suits = quality_of(type, *accept); suits > best_quality) {
      best = type;
      best_quality = suits;
    }
  return best;
}

bool is_loopback_host(std::string_view host) {
  if (host.starts_with("[::1]")) {
    host.remove_prefix(5);
    return host.empty() || (host.starts_with(":") && is_number(host.substr(1), 65'535));
  }
  auto const name = take_part(host, ':');
  if (!host.empty() && !is_number(host, 65'535)) return false;
  return equal_ignoring_case(name, "localhost") || is_loopback_v4(name);
}

std::string_view status_title(unsigned status) {
  struct Title {
    unsigned status;
    std::string_view title;
  };
  static constexpr std::array titles{Title{200, "OK"},
                                     Title{202, "Accepted"},
                                     Title{204, "No Content"},
                                     Title{304, "Not Modified"},
                                     Title{400, "Bad Request"},
                                     Title{401, "Unauthorized"},
                                     Title{403, "Forbidden"},
                                     Title{404, "Not Found"},
                                     Title{405, "Method Not Allowed"},
                                     Title{406, "Not Acceptable"},
                                     Title{408, "Request Timeout"},
                                     Title{409, "Conflict"},
                                     Title{411, "Length Required"},
                                     Title{413, "Content Too Large"},
                                     Title{414, "URI Too Long"},
                                     Title{415, "Unsupported Media Type"},
                                     Title{417, "Expectation Failed"},
                                     Title{422, "Unprocessable Content"},
                                     Title{429, "Too Many Requests"},
                                     Title{431, "Request Header Fields Too Large"},
                                     Title{500, "Internal Server Error"},
                                     Title{501, "Not Implemented"},
                                     Title{503, "Service Unavailable"},
                                     Title{505, "HTTP Version Not Supported"}};
  auto const* const found = std::ranges::find(titles, status, &Title::status);
  return found == titles.end() ? "Unknown" : found->title;
}

}  // namespace torntape::service
