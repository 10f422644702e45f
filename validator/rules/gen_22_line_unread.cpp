#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// The format lines that a heading has once and that show by their beginning what they are.
View text_for(View line) {
  if (line.starts_with("DE ")) return "second calling station (FL3) in one heading, not read";
  if (line.starts_with("ZNR") || line.starts_with("ZNY"))
    return "second security warning (FL4) in one heading, not read";
  auto const group = line.substr(0, line.find(' '));
  if (group.size() == 2 && group[0] == group[1]) return "second routing line (FL2) in one heading, not read";
  if (group.size() == 1 && line.find_first_of("0123456789") != View::npos)
    return "second preamble (FL5) in one heading, not read";
  return "no format line of a heading, not read";
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::line_unread, [&](View line) { found.add(line, std::string{text_for(line)}); });
}

// Below FL3: a line that is none, or FL3 once more.
bool violate(Draft& draft, Random& random) {
  if (is_direct_service(draft.message())) return false;
  auto const* const calling = line_of(draft.message(), FormatLine::fl3);
  auto const* const warning = line_of(draft.message(), FormatLine::fl4);
  if (calling == nullptr || warning == nullptr || calling > warning) return false;
  auto const again = std::string{calling->text};
  return draft.insert_before(warning->text, random.pick(std::string{"TESTING 1 2 3"}, again) + '\n');
}

}  // namespace

Rule gen_22() {
  return {.id = "GEN-22",
          .name = "line-unread",
          .severities = "WWWWW",
          .kinds = "all",
          .when = has(Feature::line_unread),
          .check = check,
          .violate = violate,
          .page = {
              .what = "Every line of a heading is a format line in its place; the calling station, the "
                      "preamble and the routing line stand once.",
              .why = "A line that is none of them may be what is left of one: a second line of the same kind "
                     "shows that two messages were mixed, and nobody can tell which of them holds.",
              .citation = "ACP 127(G) 142.b; judgement of this project",
              .good = "DE RTBAKV #0512/01 2310941",
              .bad = "DE RTBAKV #0512/01 2310941\n"
                     "DE RTBAKV #0512/01 2310941"}};
}

}  // namespace torntape::validator
