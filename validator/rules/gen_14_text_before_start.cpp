#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

constexpr View byte_order_mark = "\xEF\xBB\xBF";  // of UTF-8

// Without the blanks around it.
View narrowed(View matter) {
  auto const begin = matter.find_first_not_of(" \t\r\n");
  auto const end = matter.find_last_not_of(" \t\r\n");
  return begin == View::npos ? matter.substr(0, 0) : matter.substr(begin, end + 1 - begin);
}

void check(Message const& m, Site const&, Findings& found) {
  auto const matter = first(m, Feature::text_before_start);
  if (matter == byte_order_mark) {
    found.add(matter, "byte order mark before the start of the message, skipped");
    return;
  }
  auto const place = narrowed(matter);
  auto const lines = std::ranges::count(place, '\n') + 1;
  found.add(place,
            fmt::format("{} line{} before the start of the message, skipped", lines, lines == 1 ? "" : "s"));
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_before(draft.message().source.substr(0, 0),
                             random.pick("Subject: a message\n", "X-Archive: 7\n\nfrom the collection\n"));
}

}  // namespace

Rule gen_14() {
  return {.id = "GEN-14",
          .name = "text-before-start",
          .severities = "IIIII",
          .kinds = "all",
          .when = has(Feature::text_before_start),
          .check = check,
          .violate = violate,
          .page = {.what = "A message begins with its first format line.",
                   .why = "Mail headers and the lead of an archive are no part of the message; they are "
                          "skipped, and this says how much was.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "VZCZCXRO0417",
                   .bad = "Received: from the archive\n"
                          "Subject: KARSTOVA 000512\n"
                          "VZCZCXRO0417"}};
}

}  // namespace torntape::validator
