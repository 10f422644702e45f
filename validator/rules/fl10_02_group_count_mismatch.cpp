#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/cipher.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"
#include "validator/text_lines.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const written = number_of(m.accounting.group_count);
  auto const counted = count_cipher_groups(m);
  if (!written || !counted || *written == *counted) return;
  found.add(m.accounting.group_count, fmt::format("{} groups announced, {} received", *written, *counted))
      .note(first_line_of_text(m), "the text");
}

bool violate(Draft& draft, Random& random) {
  if (draft.message().features.has(Feature::readdressed))
    return false;  // the count stands below the original
  return draft.message().exempted.empty() && put_cipher(draft) &&
         draft.insert_after(end_of_list(draft.message()), random.pick("\nGR 3", "\nGR 37", "\nGR 5"));
}

}  // namespace

Rule fl10_02() {
  return {.id = "FL10-02",
          .name = "group-count-mismatch",
          .severities = "-EEEE",
          .kinds = "wire",
          .when = has(Feature::accounting),
          .check = check,
          .violate = violate,
          .page = {.what = "The group count is the number of groups of the text that is sent; labels of "
                           "pages and sections do not count.",
                   .why = "A count that does not agree shows that groups were lost or doubled, and a cipher "
                          "text cannot be read then.",
                   .citation = "ACP 127(G) 208.g",
                   .good = "VZCZCXRO093\n"
                           "PP RTCAQB\n"
                           "DE RTBAKV 115 2310941\n"
                           "ZNR UUUUU\n"
                           "P 190938Z AUG 2009\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RTCAQB/AMEMBASSY QALARABAD\n"
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
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RTCAQB/AMEMBASSY QALARABAD\n"
                          "GR 5\n"
                          "BT\n"
                          "ABCDE FGHIJ KLMNO PQRST\n"
                          "BT\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
