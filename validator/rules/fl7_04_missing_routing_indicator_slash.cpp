#include <algorithm>
#include <string>
#include <vector>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

constexpr View text = "no slant between routing indicator and name";

// An indicator of the directory, with the name that stands there for it, glued together; 0 where there is
// none. (Where the name begins as most do, the parser has seen the place itself.)
std::size_t glued_indicator(View name, directory::Directory const& directory) {
  for (std::size_t length = std::min<std::size_t>(7, name.size()); length >= 4; --length) {
    auto const* const station = directory.station(name.substr(0, length));
    if (station != nullptr && name.substr(length) == station->name) return length;
  }
  return 0;
}

void check(Message const& m, Site const& site, Findings& found) {
  each(m, Feature::slash_missing, [&](View where) { found.add(where, std::string{text}).suggest("/"); });
  if (site.directory == nullptr) return;
  each(m, Feature::addressee_indicator_missing, [&](View where) {
    if (auto const length = glued_indicator(where, *site.directory); length != 0)
      found.add(where.substr(length, 0), std::string{text}).suggest("/");
  });
}

// Names whose first word the parser knows.
bool is_told_apart(grammar::Addressee const& addressee) {
  auto const name = addressee.plain_language_address;
  return addressee.routing_indicator.size() >= 5 && grammar::present(addressee.separator) &&
         (name.starts_with("AMEMBASSY ") || name.starts_with("AMCONSUL ") || name.starts_with("SECSTATE ") ||
          name.starts_with("USMISSION "));
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> slants;
  for (auto const& addressee : draft.message().addressees)
    if (is_told_apart(addressee)) slants.push_back(addressee.separator);
  return !slants.empty() && draft.erase(random.one_of(slants));
}

}  // namespace

Rule fl7_04() {
  return {
      .id = "FL7-04",
      .name = "missing-routing-indicator-slash",
      .severities = "EEEE-",
      .kinds = "all",
      .mend = Safety::unsafe,
      .when = has(Feature::slash_missing, Feature::addressee_indicator_missing),
      .silences = {"FL7-06", "FL7-07", "FL7-08", "FL7-21", "FL7-26", "FL7-27"},
      .check = check,
      .violate = violate,
      .page = {.what = "A slant stands between the indicator of an addressee and its plain language address.",
               .why = "Without it the indicator is not found, and the station it stands for does not know "
                      "that the message is for it.",
               .citation = "ACP 127(G) 206.a, Annex B; observed in State headings 2001-2010",
               .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
               .bad = "INFO RUEHULAMEMBASSY SEOUL PRIORITY 0866"}};
}

}  // namespace torntape::validator
