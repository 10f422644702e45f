#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

bool addressed(Message const& m, View indicator, AddresseeKind kind) {
  return std::ranges::any_of(m.addressees, [&](grammar::Addressee const& addressee) {
    return addressee.kind == kind && addressee.routing_indicator == indicator;
  });
}

void check(Message const& m, Site const&, Findings& found) {
  if (!m.routing_line.precedence.starts_with('Z') || !grammar::present(m.preamble.info_precedence)) return;
  if (m.preamble.precedence != "Z" || m.preamble.info_precedence == "Z") return;
  for (auto const indicator : m.routing_line.routing_indicators) {
    if (!addressed(m, indicator, AddresseeKind::info) || addressed(m, indicator, AddresseeKind::action))
      continue;
    found.add(indicator, fmt::format("{} has the message for info only, but is called at FLASH", indicator))
        .note(m.preamble.info_precedence, "precedence for info addressees");
  }
}

// A word of the precedence that stands at an addressee, by the letter of FL5.
bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const& called = m.routing_line.routing_indicators;
  if (m.preamble.info_precedence.empty() || std::ranges::none_of(called, [&](View indicator) {
        return addressed(m, indicator, AddresseeKind::info) &&
               !addressed(m, indicator, AddresseeKind::action);
      }))
    return false;
  return draft.replace(m.preamble.precedence, "Z") &&
         draft.replace(draft.message().routing_line.precedence,
                       std::string(draft.message().routing_line.precedence.size(), 'Z'));
}

}  // namespace

Rule fl2_17() {
  return {
      .id = "FL2-17",
      .name = "flash-not-segregated",
      .severities = "WWWW-",
      .kinds = "OR",
      .when = has(Feature::flash),
      .check = check,
      .violate = violate,
      .page = {
          .what = "A message of dual precedence whose action is FLASH goes in two transmissions: at FLASH to "
                  "the stations of the action addressees, at the lower precedence to the others.",
          .why =
              "Stations that have it for information only are woken, and circuits interrupted, for nothing.",
          .citation = "ACP 127(G) 152.e; 5 FAH-2 H-321.2-1",
          .good = "ZZ RTBAMN RUEHC\n"
                  "DE RTBAOS #0731 2310655\n"
                  "ZNY SSSSS ZZH\n"
                  "Z O 190650Z AUG 09\n"
                  "FM AMEMBASSY OSTREVA\n"
                  "TO RUEHC/SECSTATE WASHDC FLASH 2201\n"
                  "RTBAMN/USMISSION MERIDIAN FLASH 0098\n"
                  "INFO RTBAKV/AMEMBASSY KARSTOVA IMMEDIATE 0512\n"
                  "RUEHNO/USMISSION USNATO IMMEDIATE 0344\n"
                  "BT\n"
                  "S E C R E T OSTREVA 000731\n"
                  "BT\n"
                  "#0731\n"
                  "NNNN",
          .bad = "ZZ RTBAKV RTBAMN RUEHC\n"
                 "DE RTBAOS #0731 2310655\n"
                 "ZNY SSSSS ZZH\n"
                 "Z O 190650Z AUG 09\n"
                 "FM AMEMBASSY OSTREVA\n"
                 "TO RUEHC/SECSTATE WASHDC FLASH 2201\n"
                 "RTBAMN/USMISSION MERIDIAN FLASH 0098\n"
                 "INFO RTBAKV/AMEMBASSY KARSTOVA IMMEDIATE 0512\n"
                 "RUEHNO/USMISSION USNATO IMMEDIATE 0344\n"
                 "BT\n"
                 "S E C R E T OSTREVA 000731\n"
                 "BT\n"
                 "#0731\n"
                 "NNNN"}};
}

}  // namespace torntape::validator
