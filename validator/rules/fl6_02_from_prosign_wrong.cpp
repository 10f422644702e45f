#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "grammar/characters.hpp"
#include "grammar/fl07_addressees/address_line.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

bool is_glued(Message const& m, View prosign) {
  auto const& line = m.lines[line_index(m, prosign)].text;
  auto const after = line.substr(static_cast<std::size_t>(prosign.data() - line.data()) + prosign.size());
  return !after.empty() && after.front() >= 'A' && after.front() <= 'Z';
}

bool begins_a_name(View text) {
  return std::ranges::any_of(grammar::fl07::first_words, [&](View word) { return text.starts_with(word); });
}

// "FMA MEMBASSY": the letter is the name's where it makes a name of what follows. Else what it is, is a
// guess.
void add_with_letter(Message const& m, View where, Finding finding) {
  auto const& line = m.lines[line_index(m, where)].text;
  auto const place = line.substr(static_cast<std::size_t>(where.data() - line.data()));
  auto const name = grammar::trim_left(place.substr(where.size()));
  auto whole = std::string(where.substr(2));
  whole.append(name);
  if (begins_a_name(name))
    finding.suggest("FM");
  else if (begins_a_name(whole))
    finding.suggest("move the blank", {replace(place.substr(0, place.size() - name.size()),
                                               std::string("FM ").append(where.substr(2)))});
  else
    finding.suggest("put `FM`", {replace(where, "FM")}, Safety::unsafe);
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::originator_prosign_odd, [&](View where) {
    bool const glued = is_glued(m, where);
    if (where == "FM" && !glued) return;  // a tab after it (GEN-07)
    if (where == "FM")
      found.add(where, "no blank after FM").suggest("FM ");
    else if (where.size() == 3 && where.starts_with("FM") && !glued)
      add_with_letter(m, where,
                      found.add(where, fmt::format("prosign of the originator is `{}`, expected FM", where)));
    else
      found.add(where, fmt::format("prosign of the originator is `{}`, expected FM", where))
          .suggest(glued ? "FM " : "FM");
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().originator.prosign, random.pick("FROM", "From:", "FM:"));
}

}  // namespace

Rule fl6_02() {
  return {.id = "FL6-02",
          .name = "from-prosign-wrong",
          .severities = "EEEEE",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::originator_prosign_odd),
          .silences = {"GEN-02"},
          .check = check,
          .violate = violate,
          .page = {.what = "The originator stands after the prosign FM.",
                   .why = "Stations and switches find the originator by this prosign and by no other word.",
                   .citation = "ACP 127(G) 133",
                   .good = "FM AMEMBASSY KARSTOVA",
                   .bad = "FROM AMEMBASSY KARSTOVA"}};
}

}  // namespace torntape::validator
