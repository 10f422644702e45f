#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// All that is missing is missing at the end of the input.
void check(Message const& m, Site const&, Findings& found) {
  found.add(m.source.substr(m.source.size()), "heading ends before its addressees (FL7)");
}

bool violate(Draft& draft, Random& random) {
  auto const* const line =
      line_of(draft.message(), random.pick(FormatLine::fl5, FormatLine::fl6, FormatLine::fl7));
  if (line == nullptr || line == &draft.message().lines.front()) return false;
  auto const source = draft.message().source;
  return draft.erase(source.substr(static_cast<std::size_t>(line->text.data() - source.data())));
}

}  // namespace

Rule gen_16() {
  return {
      .id = "GEN-16",
      .name = "heading-cut-short",
      .severities = "EEEEE",
      .kinds = "all",
      .when = has(Feature::cut_short),
      .silences = {"GEN-12", "FL2-14", "FL3-01", "FL4-01", "FL6-01", "FL7-01", "FL7-02", "FL11-01", "FL12-01",
                   "FL15-03", "FL16-01"},
      .check = check,
      .violate = violate,
      .page = {.what = "A heading goes on to its addressees (FL7, FL8).",
               .why = "A message that ends before them was broken off: nobody can tell to whom it was to go.",
               .citation = "ACP 127(G) 144.b",
               .good = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284",
               .bad = "VZCZCXRO0417\n"
                      "PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP\n"
                      "RUEHPW RUEHROV RUEHSL RUEHSR\n"
                      "DE RTBAKV #0512/01 2310941\n"
                      "ZNY CCCCC ZZH\n"
                      "P 190938Z AUG 09\n"
                      "FM AMEMBASSY KARSTOVA"}};
}

}  // namespace torntape::validator
