#include "grammar/fl16_end/cancellation.hpp"

#include "grammar/characters.hpp"
#include "grammar/fl16_end/end_of_message.hpp"
#include "grammar/lines.hpp"

namespace torntape::grammar::fl16 {
namespace {

constexpr View error_sign = "E E E E E E E E AR";

[[nodiscard]] bool repeats(View line, View signal) {
  while (!line.empty())
    if (take_group(line) != signal) return false;
  return true;
}

// The last line with print. The lines of a text may be kept as one, so the bytes are looked at.
View take_last_line(View& bytes) {
  auto const end = bytes.find_last_not_of(" \t\r\n\x7f");
  auto const line = bytes.substr(0, end == View::npos ? 0 : end + 1);
  auto const before = line.rfind('\n');
  bytes = line.substr(0, before == View::npos ? 0 : before);
  return readable(before == View::npos ? line : line.substr(before + 1));
}

}  // namespace

bool cancels(View line) {
  if (line.starts_with('E')) return line == error_sign;
  return line.starts_with('Z') && (repeats(line, "ZXB") || repeats(line, "ZPH"));
}

View cancellation(Message const& message) {
  auto rest = message.source;
  if (present(message.end.nnnn))
    rest = rest.substr(0, static_cast<std::size_t>(message.end.nnnn.data() - rest.data()));
  auto line = take_last_line(rest);
  // Broken off in its first letters, it is no message, and its end is not read.
  if (!present(message.end.nnnn) && is(line)) line = take_last_line(rest);
  return cancels(line) ? line : View{};
}

}  // namespace torntape::grammar::fl16
