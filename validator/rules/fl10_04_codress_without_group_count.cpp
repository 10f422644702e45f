#include <fmt/format.h>

#include "validator/cipher.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (m.form != grammar::MessageForm::codress || grammar::present(m.accounting.group_count)) return;
  if (auto const counted = count_cipher_groups(m))
    found.add(place_for(m, FormatLine::fl10),
              fmt::format("no group count, expected GR {0}: the text has {0} groups", *counted));
}

bool violate(Draft& draft, Random&) { return make_codress(draft, false); }

}  // namespace

Rule fl10_04() {
  return {.id = "FL10-04",
          .name = "codress-without-group-count",
          .severities = "-WW--",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "A codress of countable groups has a group count.",
                   .why = "Nothing but the count tells the receiving station that the cipher text is whole.",
                   .citation = "ACP 127(G) 146.b, 218",
                   .good = "VZCZCXRO093\n"
                           "PP RTCAQB\n"
                           "DE RTBAKV 115 2310941\n"
                           "ZNR UUUUU\n"
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
                          "P 190938Z AUG 2009\n"
                          "BT\n"
                          "ABCDE FGHIJ KLMNO PQRST\n"
                          "BT\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
