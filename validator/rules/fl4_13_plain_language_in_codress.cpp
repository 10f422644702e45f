#include <algorithm>

#include <fmt/format.h>

#include "grammar/characters.hpp"
#include "validator/cipher.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

// A routing indicator, a call sign or an address group: four letters, or letters and digits.
bool is_no_word(View group) {
  auto const letters = std::ranges::count_if(group, grammar::is_letter);
  auto const only_letters = static_cast<std::size_t>(letters) == group.size();
  return grammar::is_routing_indicator(group) || !only_letters || group.size() <= 4;
}

void check(Message const& m, Site const&, Findings& found) {
  if (m.form != grammar::MessageForm::codress) return;
  for (auto const& instruction : m.transmission_instructions.transmit)
    for (auto rest = instruction.designators; !rest.empty();) {
      auto const group = grammar::take_group(rest);
      if (is_no_word(group)) continue;
      found.add(
          group,
          fmt::format("`{}` is plain language in a codress, expected call signs or address groups", group));
      break;
    }
}

bool violate(Draft& draft, Random& random) {
  return make_codress(draft, true) &&
         draft.insert_after(end_of_instructions(draft.message()),
                            random.pick("\nT NAVAL BASE", "\nRTCATR T AMEMBASSY TARSIBAD"));
}

}  // namespace

Rule fl4_13() {
  return {.id = "FL4-13",
          .name = "plain-language-in-codress",
          .severities = "-EE--",
          .kinds = "all",
          .when = has(Feature::transmit_instruction),
          .check = check,
          .violate = violate,
          .page = {.what = "The transmission instructions of a codress have only routing indicators, call "
                           "signs and address groups.",
                   .why = "A codress hides who writes to whom; a name in plain language gives it away.",
                   .citation = "ACP 127(G) 133, 146.b, Annex B",
                   .good = "VZCZCXRO093\n"
                           "PP RTCAQB\n"
                           "DE RTBAKV 115 2310941\n"
                           "ZNR UUUUU\n"
                           "T XYAG\n"
                           "P 190938Z AUG 2009\n"
                           "GR 4\n"
                           "BT\n"
                           "ABCDE FGHIJ KLMNO PQRST\n"
                           "BT\n"
                           "NNNN",
                   .bad = "VZCZCXRO093\n"
                          "PP RTCAQB\n"
                          "DE RTBAKV 115 2310941\n"
                          "ZNR UUUUU\n"
                          "T NAVAL BASE\n"
                          "P 190938Z AUG 2009\n"
                          "GR 4\n"
                          "BT\n"
                          "ABCDE FGHIJ KLMNO PQRST\n"
                          "BT\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
