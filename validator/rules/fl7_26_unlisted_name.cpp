#include <vector>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/nearest.hpp"

namespace torntape::validator {

namespace {

bool is_listed(grammar::Addressee const& addressee, directory::Directory const& directory) {
  auto const name = addressee.plain_language_address;
  if (directory.station_named(name) != nullptr || directory.collective_titled(name) != nullptr) return true;
  auto const house = without_offices(name);
  if (directory.station_named(house) != nullptr) return true;
  // The directory may list the house with other offices.
  auto const* const station = directory.station(addressee.routing_indicator);
  return station != nullptr && without_offices(station->name) == house;
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const name_of = [](directory::Station const& station) { return View{station.name}; };
  for (auto const& addressee : m.addressees) {
    auto const name = addressee.plain_language_address;
    if (name.empty() || is_listed(addressee, *site.directory)) continue;
    found.add(name, "name is not in the directory")
        .suggest(nearest(name, site.directory->network().stations, name_of));
  }
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> names;
  for (auto const& addressee : draft.message().addressees)
    if (addressee.plain_language_address.starts_with("AMEMBASSY "))
      names.push_back(addressee.plain_language_address);
  if (names.empty()) return false;
  auto const name = random.one_of(names);
  return draft.erase(name.substr(name.size() - 2, 1));
}

}  // namespace

Rule fl7_26() {
  return {.id = "FL7-26",
          .name = "unlisted-name",
          .severities = "IIIII",
          .kinds = "all",
          .mend = Safety::unsafe,
          .needs_directory = true,
          .check = check,
          .violate = violate,
          .page = {.what = "The name of an addressee is one the directory lists.",
                   .why = "A name that nobody lists may be a garbled one.",
                   .citation = "judgement of this project",
                   .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
                   .bad = "INFO RUEHUL/AMEMBASSY SEOL PRIORITY 0866"}};
}

}  // namespace torntape::validator
