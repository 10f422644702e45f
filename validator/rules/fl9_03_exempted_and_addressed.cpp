#include <string>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& exempted : m.exempted) {
    auto const addressed = std::ranges::find(m.addressees, exempted.plain_language_address,
                                             &grammar::Addressee::plain_language_address);
    if (addressed != m.addressees.end())
      found.add(exempted.plain_language_address, "exempted name is addressed too")
          .note(addressed->plain_language_address, "addressed here");
  }
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (!names_collective(m) || !m.exempted.empty()) return false;
  for (auto const& addressee : m.addressees)
    if (addressee.plain_language_address.starts_with("AMEMBASSY "))
      return draft.insert_after(end_of_list(m), "\nXMT " + std::string{addressee.plain_language_address});
  return false;
}

}  // namespace

Rule fl9_03() {
  return {.id = "FL9-03",
          .name = "exempted-and-addressed",
          .severities = "WWWWW",
          .kinds = "all",
          .when = has(Feature::exempted),
          .silences = {"FL9-02"},
          .check = check,
          .violate = violate,
          .page = {.what = "A name that is exempted is not addressed as well.",
                   .why = "An exemption never takes a copy from who is addressed by name: the two lines "
                          "contradict each other.",
                   .citation = "ACP 127(G) Annex B; observed in State headings 2001-2010",
                   .good = "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
                           "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
                           "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
                           "XMT AMCONSUL MIRZAGRAD",
                   .bad = "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
                          "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
                          "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
                          "XMT AMEMBASSY QALARABAD"}};
}

}  // namespace torntape::validator
