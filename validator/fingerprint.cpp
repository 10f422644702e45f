#include "validator/fingerprint.hpp"

#include <cstdint>
#include <initializer_list>
#include <map>

#include <fmt/format.h>

#include "grammar/alphabets/capture.hpp"
#include "grammar/characters.hpp"

namespace torntape::validator {

namespace {

// FNV-1a: no secret is kept by it, and it is the same on every machine.
std::uint64_t hash(std::initializer_list<View> parts) {
  std::uint64_t value = 14695981039346656037U;
  auto const take = [&](unsigned char byte) { value = (value ^ byte) * 1099511628211U; };
  for (auto const part : parts) {
    for (char const c : part) take(static_cast<unsigned char>(c));
    take(0);
  }
  return value;
}

View line_at(View text, std::size_t offset) {
  offset = std::min(offset, text.size());
  auto const before = offset == 0 ? View::npos : text.rfind('\n', offset - 1);
  auto const begin = before == View::npos ? 0 : before + 1;
  return grammar::trim(text.substr(begin, text.find('\n', offset) - begin));
}

}  // namespace

std::vector<std::string> fingerprints(Message const& message, std::vector<grammar::Diagnostic> const& found) {
  std::vector<std::string> prints;
  std::map<std::uint64_t, unsigned> seen;
  auto const& origin = message.origin;
  for (auto const& finding : found) {
    auto const line = line_at(grammar::as_received(message), finding.span.offset - message.position.offset);
    auto const value = hash({finding.rule, origin.routing_indicator, origin.station_serial_number,
                             origin.section, origin.filing_time, message.preamble.date_time_group, line});
    auto const again = seen[value]++;
    prints.push_back(fmt::format("{:016x}", again == 0 ? value : value + again));
  }
  return prints;
}

std::string fingerprint(grammar::Diagnostic const& finding, View line) {
  return fmt::format("{:016x}", hash({finding.rule, finding.message, grammar::trim(line)}));
}

}  // namespace torntape::validator
