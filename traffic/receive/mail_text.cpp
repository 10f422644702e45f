#include "traffic/receive/mail_text.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace torntape::receive {
namespace {

std::string lower(std::string_view text) {
  std::string out;
  for (auto const c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

struct Part {
  std::string header;  // unfolded, in small letters
  std::string original;
  std::string_view body;
};

Part part_of(std::string_view mail) {
  Part part;
  while (!mail.empty()) {
    auto const end = mail.find('\n');
    auto line = mail.substr(0, end);
    mail.remove_prefix(end == std::string_view::npos ? mail.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    if (!line.starts_with(' ') && !line.starts_with('\t')) part.original += '\n';
    part.original += line;
  }
  part.header = lower(part.original);
  part.body = mail;
  return part;
}

std::string_view field(Part const& part, std::string_view name) {
  auto const key = std::string{"\n"}.append(name).append(":");
  auto const place = part.header.find(key);
  if (place == std::string::npos) return {};
  auto value = std::string_view{part.header}.substr(place + key.size());
  return value.substr(0, value.find('\n'));
}

// As written: boundaries tell small letters from capitals.
std::string boundary(Part const& part) {
  auto const place = part.header.find("boundary=");
  if (place == std::string::npos) return {};
  auto value = std::string_view{part.original}.substr(place + std::string_view{"boundary="}.size());
  if (value.starts_with('"')) return std::string{value.substr(1, value.find('"', 1) - 1)};
  return std::string{value.substr(0, value.find_first_of("; \n"))};
}

std::string from_base64(std::string_view text) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0, count = 0;
  for (auto const c : text) {
    auto const value = letters.find(c);
    if (value == std::string_view::npos) continue;
    bits = bits << 6U | static_cast<unsigned>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFFU);
  }
  return out;
}

std::optional<unsigned> hexadecimal(char c) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  auto const value = digits.find(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  if (value == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(value);
}

std::string from_quoted_printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=' || i + 1 >= text.size()) {
      out += text[i];
      continue;
    }
    if (text[i + 1] == '\n') {
      ++i;
      continue;
    }
    auto const high = hexadecimal(text[i + 1]);
    auto const low = i + 2 < text.size() ? hexadecimal(text[i + 2]) : std::nullopt;
    if (!high || !low) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(*high << 4U | *low);
    i += 2;
  }
  return out;
}

std::string decoded(Part const& part) {
  auto const encoding = field(part, "content-transfer-encoding");
  if (encoding.find("base64") != std::string_view::npos) return from_base64(part.body);
  if (encoding.find("quoted-printable") != std::string_view::npos) return from_quoted_printable(part.body);
  return std::string{part.body};
}

}  // namespace

std::string text_of_mail(std::string_view mail) {
  auto const whole = part_of(mail);
  auto const mark = boundary(whole);
  if (field(whole, "content-type").find("multipart/") == std::string_view::npos || mark.empty())
    return decoded(whole);
  auto const line = "--" + mark;
  for (auto place = whole.body.find(line); place != std::string_view::npos;) {
    auto const begin = whole.body.find('\n', place);
    if (begin == std::string_view::npos) break;
    auto const end = whole.body.find("\n" + line, begin);
    auto const part =
        part_of(whole.body.substr(begin + 1, end == std::string_view::npos ? end : end - begin));
    auto const type = field(part, "content-type");
    if (type.empty() || type.find("text/") != std::string_view::npos) return decoded(part);
    place = end == std::string_view::npos ? end : end + 1;
  }
  return std::string{whole.body};
}

}  // namespace torntape::receive
