#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

using directory::Collective;

// The collectives addressed; empty where the members of one of them are not known.
std::vector<Collective const*> tables(Message const& m, Site const& site) {
  std::vector<Collective const*> known;
  for (auto const& addressee : m.addressees) {
    if (!is_group(addressee, site)) continue;
    known.push_back(collective(addressee, site));
    if (known.back() == nullptr) return {};
  }
  std::ranges::sort(known);
  known.erase(std::unique(known.begin(), known.end()), known.end());
  return known;
}

bool has_member(Collective const& collective, View indicator) {
  auto const is_it = [&](std::string const& member) { return member == indicator; };
  return std::ranges::any_of(collective.members, is_it) ||
         std::ranges::any_of(collective.info_members, is_it);
}

void check(Message const& m, Site const& site, Findings& found) {
  if (site.directory == nullptr) return;
  auto const known = tables(m, site);
  if (known.empty()) return;
  for (auto const& exempted : m.exempted) {
    auto const* const station = site.directory->station_named(exempted.plain_language_address);
    auto const indicator = station == nullptr ? exempted.routing_indicator : View{station->indicator};
    // Of a name that the directory does not list nobody can say whose member it is.
    if (!grammar::present(indicator)) continue;
    if (std::ranges::none_of(known, [&](Collective const* each) { return has_member(*each, indicator); }))
      found.add(exempted.plain_language_address, "exempted name is no member of a collective in the address");
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (!names_collective(m) || !m.exempted.empty()) return false;
  // Of no collective a member.
  auto const name = View{random.pick("DIA WASHDC", "CIA WASHDC")};
  return !names(m, name) && draft.insert_after(end_of_list(m), fmt::format("\nXMT {}", name));
}

}  // namespace

Rule fl9_02() {
  return {.id = "FL9-02",
          .name = "exempted-not-member",
          .severities = "WWWWW",
          .kinds = "all",
          .when = has(Feature::exempted),
          .check = check,
          .violate = violate,
          .page = {.what = "Who is exempted is a member of a collective or an AIG that is addressed.",
                   .why = "Another name changes nothing; the member that was meant still receives its copy.",
                   .citation = "ACP 127(G) 133, Annex B",
                   .good = "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
                           "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
                           "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
                           "XMT AMCONSUL MIRZAGRAD",
                   .bad = "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
                          "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
                          "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
                          "XMT AMEMBASSY SOLENTO ISLANDS"}};
}

}  // namespace torntape::validator
