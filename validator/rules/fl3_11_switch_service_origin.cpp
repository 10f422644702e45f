#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const indicator = m.origin.routing_indicator;
  if (indicator.size() == 7 && indicator.ends_with("CSD"))
    found.add(indicator, "calling station is a switch: automatic service message");
}

bool violate(Draft& draft, Random& random) {
  if (!draft.message().page_marks.empty()) return false;  // they name the station and its serial too
  return draft.replace(draft.message().origin.routing_indicator, random.pick("RTAACSD", "RTBACSD"));
}

}  // namespace

Rule fl3_11() {
  return {.id = "FL3-11",
          .name = "switch-service-origin",
          .severities = "IIII-",
          .kinds = "all",
          .when = has(Feature::switch_origin),
          .check = check,
          .violate = violate,
          .page = {.what = "An indicator that ends in CSD is that of a switch itself: the message is an "
                           "automatic service message.",
                   .why = "Nobody wrote it, and nobody reads an answer.",
                   .citation = "ACP 117 CAN-US SUPP-1(O); message-node notes",
                   .good = "DE RTBAKV #0512/01 2310941",
                   .bad = "DE RTAACSD #0512/01 2310941"}};
}

}  // namespace torntape::validator
