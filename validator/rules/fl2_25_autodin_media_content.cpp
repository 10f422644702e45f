#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// Narrative, retransmission, for information.
constexpr std::array<View, 3> known{"ZYUW", "ZDKW", "ZFH2"};

void check(Message const& m, Site const&, Findings& found) {
  auto const content = m.routing_line.content_indicator;
  if (grammar::present(content) && std::ranges::find(known, content) == known.end())
    found.add(content, fmt::format("content indicator {} is none of ZYUW, ZDKW, ZFH2", content));
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().routing_line.content_indicator, random.pick("QQQQ", "ABCD"));
}

}  // namespace

Rule fl2_25() {
  return {.id = "FL2-25",
          .name = "autodin-media-content",
          .severities = "---I-",
          .kinds = "all",
          .when = has(Feature::autodin_header),
          .check = check,
          .violate = violate,
          .page = {.what = "The content indicator is a known one: ZYUW for narrative, ZDKW for a "
                           "retransmission, ZFH2 for information.",
                   .why = "Computers of the addressee sort messages by it.",
                   .citation = "U.S. service manuals",
                   .good = "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC.",
                   .bad = "PTTUQQQQ RTCATRM0512 2310941-UUUU--RTBAOSC."}};
}

}  // namespace torntape::validator
