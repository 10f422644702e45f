#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

constexpr std::size_t long_run = 10;

// Ten equal characters in a row hold a place that is a multiple of eight and the two after it, so that most
// of a line need not be looked at.
View run_in(View line) {
  for (std::size_t i = 0; i + 2 < line.size(); i += 8) {
    if (line[i] != line[i + 1] || line[i] != line[i + 2] || line[i] == ' ') continue;
    auto begin = i;
    auto end = i;
    while (begin != 0 && line[begin - 1] == line[i]) --begin;
    while (end != line.size() && line[end] == line[i]) ++end;
    if (end - begin >= long_run) return line.substr(begin, end - begin);
  }
  return {};
}

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& line : m.lines) {
    if (line.format_line >= FormatLine::fl11) return;
    if (line.reading == grammar::Reading::outside) continue;
    if (auto const run = run_in(line.text); grammar::present(run))
      found.add(run, fmt::format("`{}` stands {} times in a row", run.front(), run.size()));
  }
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(draft.message().originator.plain_language_address,
                            std::string(long_run + random.below(5), random.pick('E', 'T', 'X')));
}

}  // namespace

Rule gen_18() {
  return {.id = "GEN-18",
          .name = "long-run-of-one-character",
          .severities = "IIIII",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "No character stands ten times in a row in a heading.",
                   .why = "A stuck line repeats one combination: what it covered is lost.",
                   .citation = "NATO CAMPS design papers",
                   .good = "FM AMEMBASSY KARSTOVA",
                   .bad = "FM AMEMBASSY KARSTOVAAAAAAAAAAA"}};
}

}  // namespace torntape::validator
