#include <string>

#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& exempted : m.exempted)
    found.add(exempted.plain_language_address, "exempted from the collectives addressed");
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (!names_collective(m) || !m.exempted.empty()) return false;
  // The members differ from collective to collective.
  auto const south = names(m, "ALL SOUTH AND CENTRAL ASIA COLLECTIVE");
  if (!south && !names(m, "CIS COLLECTIVE")) return false;
  auto const name =
      View{south ? random.pick("AMCONSUL MIRZAGRAD", "AMEMBASSY TARSIBAD") : "AMEMBASSY OSTREVA"};
  if (names(m, name) || calls(m, "RTCATRM") || calls(m, "RTCATR") || calls(m, "RTBAOS")) return false;
  return draft.insert_after(end_of_list(m), fmt::format("\nXMT {}", name));
}

}  // namespace

Rule fl9_05() {
  return {
      .id = "FL9-05",
      .name = "exemption-noted",
      .severities = "IIIII",
      .kinds = "all",
      .when = has(Feature::exempted),
      .check = check,
      .violate = violate,
      .page = {.what = "Every name under XMT is exempted: this line and all that follow it, up to the text.",
               .why = "The stations named receive no copy as members of a collective.",
               .citation = "observed in State headings 2001-2010",
               .good = "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
                       "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
                       "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127",
               .bad = "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
                      "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
                      "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
                      "XMT AMCONSUL MIRZAGRAD"}};
}

}  // namespace torntape::validator
