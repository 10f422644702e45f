#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

constexpr std::size_t most = 500;

// As many indicators of one relay as asked for, in order, one and then eight on a line.
std::string called(std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i != count; ++i) {
    if (i != 0) lines += i % 8 == 1 ? '\n' : ' ';
    lines += "RTCA";
    for (auto const letter : {i / 676, i / 26 % 26, i % 26}) lines += static_cast<char>('A' + letter);
  }
  return lines;
}

std::string header(std::size_t count) { return "PTTUZYUW RTCATRM0512 2310941-UUUU--" + called(count) + "."; }

void check(Message const& m, Site const&, Findings& found) {
  auto const& indicators = m.routing_line.routing_indicators;
  if (indicators.size() > most)
    found
        .add(indicators[most],
             fmt::format("{} routing indicators, expected at most {}", indicators.size(), most))
        .help("send two transmissions, indicators with the same first four letters in one of them");
}

bool violate(Draft& draft, Random& random) {
  auto const& part = draft.message().routing_line;
  if (draft.message().profile != Profile::janap128 || part.routing_indicators.empty()) return false;
  // Into another network two lines are too many (FL2-08).
  if (part.routing_indicators.size() != 1 || draft.message().transmission_identification.channel == "AFO")
    return false;
  if (draft.message().copy_kind == CopyKind::origin) return false;  // they would serve nobody (FL2-13)
  return draft.replace(part.routing_indicators.front(), called(most + 1 + random.below(20)));
}

}  // namespace

Rule fl2_09() {
  static auto const good = header(most);
  static auto const bad = header(most + 1);
  return {.id = "FL2-09",
          .name = "too-many-routing-indicators",
          .severities = "---E-",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "A message has at most 500 routing indicators.",
                   .why = "A switch rejects a longer routing; the message goes in two transmissions, and "
                          "indicators with the same first four letters stay together.",
                   .citation = "U.S. service manuals",
                   .good = good,
                   .bad = bad}};
}

}  // namespace torntape::validator
