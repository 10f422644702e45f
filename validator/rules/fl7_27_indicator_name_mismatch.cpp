#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

View listed_indicator(View name, directory::Directory const& directory) {
  if (auto const* const station = directory.station_named(name)) return station->indicator;
  auto const* const collective = directory.collective_titled(name);
  return collective == nullptr ? View{} : View{collective->indicator};
}

void check(Message const& m, Site const& site, Findings& found) {
  for (auto const& addressee : m.addressees) {
    auto const indicator = addressee.routing_indicator;
    if (!grammar::present(indicator)) continue;
    auto const listed = listed_indicator(addressee.plain_language_address, *site.directory);
    if (listed.empty() || listed == indicator) continue;
    // An indicator serves many names; only the one the directory gives for this name can be told.
    found.add(indicator, fmt::format("the directory has {} for this name", listed))
        .note(addressee.plain_language_address, "the name")
        .suggest(std::string{listed});
  }
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (m.copy_kind == CopyKind::origin) return false;
  for (auto const& addressee : m.addressees)
    if (addressee.plain_language_address.starts_with("AMEMBASSY ") && addressee.routing_indicator != "RUEHUL")
      return draft.replace(addressee.routing_indicator, "RUEHUL");
  return false;
}

}  // namespace

Rule fl7_27() {
  return {.id = "FL7-27",
          .name = "indicator-name-mismatch",
          .severities = "IIIII",
          .kinds = "all",
          .mend = Safety::unsafe,
          .needs_directory = true,
          .check = check,
          .violate = violate,
          .page = {.what = "Indicator and name of an addressee belong together in the directory.",
                   .why = "The station of the indicator delivers to the name it finds; where they do not "
                          "fit, one of them is wrong.",
                   .citation = "ACP 117 CAN-US SUPP-1(O); observed in State headings 2001-2010",
                   .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
                   .bad = "INFO RUEHKO/AMEMBASSY SEOUL PRIORITY 0866"}};
}

}  // namespace torntape::validator
