#include <algorithm>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

constexpr View asks = "INT";

// INT as a group of its own before a signal.
View question(View remarks) {
  for (auto at = remarks.find(asks); at != View::npos; at = remarks.find(asks, at + 1)) {
    auto const after = remarks.substr(at + asks.size());
    auto const begins = at == 0 || remarks[at - 1] == ' ';
    if (begins && after.starts_with(' ') &&
        is_signal(after.substr(1, std::min(after.find(' ', 1), after.size()) - 1)))
      return remarks.substr(at, asks.size());
  }
  return {};
}

void check(Message const& m, Site const&, Findings& found) {
  auto const report = [&](View place) {
    found.add(place, "INT makes a question of the signal, expected an instruction");
  };
  if (auto const place = question(m.transmission_instructions.remarks); grammar::present(place))
    report(place);
  for (auto const group : m.preamble.message_instructions)
    if (group == asks) report(group);
}

bool violate(Draft& draft, Random& random) {
  if (random.below(2) == 0) return draft.insert_after(draft.message().preamble.year, " INT ZDK");
  return draft.insert_after(end_of_instructions(draft.message()), random.pick(" INT ZOE", " INT ZDK"));
}

}  // namespace

Rule ops_04() {
  return {.id = "OPS-04",
          .name = "interrogative-form",
          .severities = "IWWWI",
          .kinds = "all",
          .when = has(Feature::remarks, Feature::message_instruction),
          .check = check,
          .violate = violate,
          .page = {.what = "INT, which turns a signal into a question, does not stand in a heading.",
                   .why = "A heading instructs; a question in it is answered by nobody.",
                   .citation = "ACP 127(G) 133, 135",
                   .good = "ZNY CCCCC ZZH ZOE",
                   .bad = "ZNY CCCCC ZZH INT ZOE"}};
}

}  // namespace torntape::validator
