#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const& site, Findings& found) {
  auto const* const line = line_of(m, FormatLine::fl9);
  if (line == nullptr || m.addressees.empty()) return;
  if (std::ranges::any_of(m.addressees, [&](auto const& each) { return is_group(each, site); })) return;
  found.add(line->text.substr(0, 3), "exemption without a collective or AIG in the address");
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.addressees.empty() || names_collective(m) || !m.exempted.empty()) return false;
  auto const name = View{random.pick("AMCONSUL MIRZAGRAD", "AMEMBASSY LA PERLA")};
  return !names(m, name) && draft.insert_after(end_of_list(m), fmt::format("\nXMT {}", name));
}

}  // namespace

Rule fl9_01() {
  return {
      .id = "FL9-01",
      .name = "exemption-without-collective",
      .severities = "WWWWW",
      .kinds = "all",
      .when = has(Feature::exempted),
      .check = check,
      .violate = violate,
      .page = {.what = "Addressees are exempted from a collective or an AIG, which stands in FL7 or FL8.",
               .why = "Without one there is nobody who could be exempted; the address may have lost a line.",
               .citation = "ACP 127(G) 205.b(1), Annex B",
               .good = "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
                       "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
                       "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
                       "XMT AMCONSUL MIRZAGRAD",
               .bad = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
                      "XMT AMCONSUL MIRZAGRAD"}};
}

}  // namespace torntape::validator
