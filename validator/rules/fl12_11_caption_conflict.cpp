#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

View caption(Message const& m, View word) {
  auto const at = std::ranges::find(m.text.captions, word);
  return at == m.text.captions.end() ? View{} : *at;
}

void check(Message const& m, Site const&, Findings& found) {
  if (m.text.captions.size() < 2) return;
  auto const opens = caption(m, "SIPDIS");
  if (!grammar::present(opens)) return;
  for (View const word : {"EXDIS", "NODIS"})
    if (auto const closes = caption(m, word); grammar::present(closes))
      found
          .add(closes,
               fmt::format("{} beside SIPDIS: the one closes the telegram to others, the other opens it",
                           word))
          .note(opens, "SIPDIS here");
}

bool violate(Draft& draft, Random& random) {
  auto const opens = caption(draft.message(), "SIPDIS");
  return draft.insert_after(opens, random.pick(" EXDIS", "\nNODIS", "\nEXDIS"));
}

}  // namespace

Rule fl12_11() {
  return {
      .id = "FL12-11",
      .name = "caption-conflict",
      .severities = "W----",
      .kinds = "all",
      .when = has(Feature::several_captions),
      .check = check,
      .violate = violate,
      .page = {
          .what = "SIPDIS does not stand beside EXDIS or NODIS.",
          .why =
              "SIPDIS opens the telegram to other agencies, EXDIS and NODIS close it to all but those named.",
          .citation = "5 FAH-2 H-250",
          .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                  "\n"
                  "SIPDIS",
          .bad = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                 "\n"
                 "SIPDIS\n"
                 "EXDIS"}};
}

}  // namespace torntape::validator
