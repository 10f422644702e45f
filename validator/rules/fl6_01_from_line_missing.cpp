#include <algorithm>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

// An AIG contains its originator; the directory says who that is (ACP 127(G) 205.c).
bool tells_originator(Message const& m, Site const& site) {
  return std::ranges::any_of(m.addressees, [&](grammar::Addressee const& addressee) {
    if (!is_address_indicating_group(addressee.plain_language_address)) return false;
    auto const* const group = collective(addressee, site);
    return group == nullptr || group->originator.empty() || group->originator == m.origin.routing_indicator;
  });
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const place = first(m, Feature::originator_missing);
  if (grammar::present(place) && m.lines[line_index(m, place)].format_line != FormatLine::fl6) {
    found.add(place, "no originator of the original message, expected FM and a plain language address");
    return;
  }
  if (grammar::present(place) && place.data() == m.originator.plain_language_address.data()) {
    found.add(place, "no FM before the name of the originator").suggest("FM ");
    return;
  }
  if (grammar::present(place)) {
    found.add(place, "no plain language address after the prosign of the originator");
    return;
  }
  if (m.features.has(Feature::cut_short) || tells_originator(m, site)) return;
  found.add(place_for(m, FormatLine::fl6), "no originator, expected FM and a plain language address");
}

bool violate(Draft& draft, Random& random) {
  if (draft.message().features.has(Feature::readdressed)) return false;
  // An AIG that holds its originator needs none (ACP 127(G) 205.c).
  if (std::ranges::any_of(draft.message().addressees, [](grammar::Addressee const& addressee) {
        return addressee.plain_language_address.starts_with("AIG");
      }))
    return false;
  auto const& originator = draft.message().originator;
  auto const name = originator.plain_language_address;
  if (!grammar::present(originator.prosign)) return false;
  if (random.below(3) == 0 && name.starts_with("AMEMBASSY "))
    return draft.erase(stretch(originator.prosign, name.substr(0, 0)));
  if (random.below(2) == 0)
    return draft.erase(stretch(originator.prosign.substr(2), originator.plain_language_address));
  return draft.erase_line(FormatLine::fl6);
}

}  // namespace

Rule fl6_01() {
  return {.id = "FL6-01",
          .name = "from-line-missing",
          .severities = "EEEEE",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::originator_missing),
          .check = check,
          .violate = violate,
          .page = {.what = "The heading names its originator under FM, unless an AIG it is addressed to "
                           "contains the originator.",
                   .why = "Nobody can answer, question or trace a message that does not say who sends it.",
                   .citation = "ACP 127(G) 145.b, 146, 205.c(1)(b), Annex B",
                   .good = "FM AMEMBASSY KARSTOVA",
                   .bad = ""}};
}

}  // namespace torntape::validator
