#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::classification_missing, [&](View where) {
    found.add(where, "text begins without a classification, expected UNCLAS or a class");
  });
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const words = m.text.classification;
  // Without BT the line would be taken for an addressee.
  if (m.archive || m.form == grammar::MessageForm::service || !grammar::present(words)) return false;
  // Nor may the mark of a page come first, which is told of too.
  View const with_end{words.data(), words.size() + 1};
  if (std::string_view{with_end.data() + with_end.size()}.starts_with("PAGE ")) return false;
  return draft.erase(with_end);
}

}  // namespace

Rule fl12_01() {
  return {.id = "FL12-01",
          .name = "classification-missing",
          .severities = "EEEEE",
          .kinds = "all;A=W",
          .when = has(Feature::classification_missing),
          .check = check,
          .violate = violate,
          .page = {.what = "A text begins with its classification, or UNCLAS or CLEAR.",
                   .why = "Everybody who handles the sheet has to see at once what it may be shown to.",
                   .citation = "ACP 127(G) 209, 201.b(4)",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "SECTION 01 OF 02 KARSTOVA 000512"}};
}

}  // namespace torntape::validator
