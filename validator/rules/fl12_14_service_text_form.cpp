#include "grammar/characters.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"
#include "validator/text_lines.hpp"

namespace torntape::validator {

namespace {

constexpr View service = "SVC";

void check(Message const& m, Site const&, Findings& found) {
  auto const relayed = m.form == grammar::MessageForm::service && line_of(m, FormatLine::fl11) != nullptr;
  auto rest = first_line_of_text(m);
  if (!grammar::present(m.text.classification)) {
    if (auto const group = grammar::take_group(rest); group == service)
      found.add(group, "service text without a class before SVC");
  } else if (relayed && !grammar::present(m.text.service)) {
    auto const words = m.text.classification;
    found.add(words.substr(words.size()), "no SVC after the class of a service text");
  }
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().text.classification, random.pick("SVC", "SVC ZUI EUC014"));
}

}  // namespace

Rule fl12_14() {
  return {
      .id = "FL12-14",
      .name = "service-text-form",
      .severities = "-WWW-",
      .kinds = "all",
      .silences = {"FL12-01"},
      .check = check,
      .violate = violate,
      .page = {
          .what = "The text of a service message that is relayed begins with its class and then SVC.",
          .why = "Relays give service messages to their own operators by this word, and pass on the others.",
          .citation = "ACP 127(G) 405.c(4)",
          .good = "UNCLAS SVC ZUI EUC014",
          .bad = "SVC ZUI EUC014"}};
}

}  // namespace torntape::validator
