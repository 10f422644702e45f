#include <algorithm>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void strokes(Message const& m, Findings& found) {
  std::vector<Change> changes;
  each(m, Feature::foreign_character, [&](View run) {
    auto const& line = m.lines[line_index(m, run)].text;
    auto const last = line.find_last_not_of(" \t\r");
    if (run.ends_with('\\') && run.data() + run.size() == line.data() + last + 1)
      changes.push_back(erase(run));
  });
  if (changes.empty()) return;
  auto const place = changes.front().place;
  found.add(place, "stroke at the line end, a mark of the publisher")
      .suggest("remove it", std::move(changes));
}

// A name made unreadable: four and more X, of a whole group.
void covered_names(Message const& m, Findings& found) {
  if (m.addressees.empty()) return;
  // Hardly any message has one: the list is looked through as a whole first.
  auto const list = stretch(whole_address(m.addressees.front()), whole_address(m.addressees.back()));
  if (list.find("XXXX") == View::npos) return;
  for (auto const& addressee : m.addressees) {
    auto const name = addressee.plain_language_address;
    auto const begin = name.find("XXXX");
    if (begin == View::npos) continue;
    auto const end = std::min(name.find_first_not_of('X', begin), name.size());
    found.add(name.substr(begin, end - begin), "name covered by the publisher");
  }
}

void check(Message const& m, Site const&, Findings& found) {
  strokes(m, found);
  covered_names(m, found);
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  auto const* const line = line_of(m, random.pick(FormatLine::fl3, FormatLine::fl5, FormatLine::fl6));
  return line != nullptr && draft.insert_after(line->text, "\\");
}

}  // namespace

Rule gen_20() {
  return {.id = "GEN-20",
          .name = "publisher-decoration",
          .severities = "I---I",
          .kinds = "all",
          .mend = Safety::safe,
          .silences = {"GEN-01"},
          .check = check,
          .violate = violate,
          .page = {.what = "A heading holds what was sent, without a publisher's marks.",
                   .why = "A stroke at the line end, a name covered by XXXX or a banner around the text was "
                          "put there by whoever published the copy; programs take it for part of a group.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "VZCZCXRO0417",
                   .bad = "VZCZCXRO0417\\"}};
}

}  // namespace torntape::validator
