#include <string>

#include <fmt/format.h>

#include "grammar/glossary.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

// "ZZH ZDF" of "ZZHZDF", where both are known.
std::string split(View group) {
  if (group.size() != 6) return {};
  auto const first = group.substr(0, 3);
  auto const second = group.substr(3);
  if (grammar::signal(first) == nullptr || grammar::signal(second) == nullptr) return {};
  return fmt::format("{} {}", first, second);
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::operating_signal_odd, [&](View where) {
    found
        .add(where,
             fmt::format("`{}` is no operating signal, expected Z, two letters and maybe a digit", where))
        .suggest(split(where));
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& signals = draft.message().transmission_instructions.operating_signals;
  if (signals.empty() || signals.back().size() != 3) return false;
  return draft.insert_after(signals.back(), random.pick("ZDF", "ZDK", "ZDS"));
}

}  // namespace

Rule fl4_10() {
  return {
      .id = "FL4-10",
      .name = "operating-signal-damaged",
      .severities = "WWWW-",
      .kinds = "all",
      .mend = Safety::unsafe,
      .when = has(Feature::operating_signal_odd),
      .silences = {"FL4-09"},
      .check = check,
      .violate = violate,
      .page = {
          .what = "A group of FL4 that begins with Z is an operating signal: three letters, maybe a digit.",
          .why = "A signal that cannot be read is an instruction that is not followed.",
          .citation = "ACP 127(G) 135; observed in State headings 2001-2010",
          .good = "ZNY CCCCC ZZH ZDF",
          .bad = "ZNY CCCCC ZZHZDF"}};
}

}  // namespace torntape::validator
