#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// Narrative, retransmission, for information.
constexpr std::array<View, 3> known{"ZYUW", "ZDKW", "ZFH2"};

// Of the originator's terminal and of the one wanted at the addressee's: tape, ASCII, cards, magnetic tape.
constexpr View media = "ABCDFIJQRST";

void check(Message const& m, Site const&, Findings& found) {
  auto const pair = m.routing_line.language_media;
  if (auto const odd = pair.find_first_not_of(media); odd != View::npos)
    found.add(pair.substr(odd, 1),
              fmt::format("{} stands for no medium, expected one of {}", pair[odd], media));
  auto const content = m.routing_line.content_indicator;
  if (grammar::present(content) && std::ranges::find(known, content) == known.end())
    found.add(content, fmt::format("content indicator is {}, expected ZYUW, ZDKW or ZFH2", content));
}

bool violate(Draft& draft, Random& random) {
  auto const& part = draft.message().routing_line;
  if (random.below(2) == 0) return draft.replace(part.language_media, random.pick("TX", "KT", "NN"));
  return draft.replace(part.content_indicator, random.pick("QQQQ", "ABCD"));
}

}  // namespace

Rule fl2_25() {
  return {
      .id = "FL2-25",
      .name = "autodin-media-content",
      .severities = "---I-",
      .kinds = "all",
      .when = has(Feature::autodin_header),
      .check = check,
      .violate = violate,
      .page = {.what =
                   "The media pair and the content indicator are known ones: TT for tape to tape, ZYUW for "
                   "narrative, ZDKW for a retransmission, ZFH2 for information.",
               .why = "By the media a switch changes code and format between terminals, by the content the "
                      "addressee's computers sort messages.",
               .citation = "U.S. service manuals",
               .good = "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC.",
               .bad = "PTTUQQQQ RTCATRM0512 2310941-UUUU--RTBAOSC."}};
}

}  // namespace torntape::validator
