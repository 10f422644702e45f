#include <string>
#include <utility>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/nearest.hpp"

namespace torntape::validator {

namespace {

// An indicator that nobody has, one letter from that of the originator.
void check_unknown(Message const& m, Site const& site, Findings& found) {
  auto const indicator = m.origin.routing_indicator;
  auto const* const originator = site.directory->station_named(m.originator.plain_language_address);
  if (originator == nullptr || site.directory->relay(indicator) != nullptr) return;
  // A longer indicator may be a part of the station: "RTBAKVA" of RTBAKV.
  View const own = originator->indicator;
  if (indicator.starts_with(own) || !one_step_apart(indicator, own)) return;
  auto finding = found.add(indicator, fmt::format("{} is no station of the directory, the originator is {}",
                                                  indicator, originator->indicator));
  finding.note(m.originator.plain_language_address, "the originator");
  // The positions of an AUTODIN header are fixed.
  if (!m.features.has(Feature::autodin_header)) finding.suggest(originator->indicator);
}

// A name that the directory does not have may be another name of this station: noted only.
void check(Message const& m, Site const& site, Findings& found) {
  auto const name = m.originator.plain_language_address;
  if (name.empty()) return;
  auto const* const station = site.directory->station(m.origin.routing_indicator);
  if (station == nullptr) return check_unknown(m, site, found);
  if (station->name == name) return;
  auto const at_most = site.directory->station_named(name) == nullptr ? Severity::info : Severity::error;
  found
      .add(m.origin.routing_indicator,
           fmt::format("calling station {} is {} in the directory, not the originator", station->indicator,
                       station->name),
           at_most)
      .note(name, "the originator");
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.features.has(Feature::autodin_header)) return false;  // its positions are fixed
  if (!grammar::present(m.originator.plain_language_address) || !m.page_marks.empty()) return false;
  if (random.below(3) == 0) {
    auto swapped = std::string{m.origin.routing_indicator};
    if (swapped.size() < 5) return false;
    std::swap(swapped[3], swapped[4]);
    return draft.replace(m.origin.routing_indicator, swapped);
  }
  auto const other = random.pick("RTCAQB", "RUEHC", "RTFANC");
  return m.origin.routing_indicator != other && draft.replace(m.origin.routing_indicator, other);
}

}  // namespace

Rule fl3_10() {
  return {.id = "FL3-10",
          .name = "originator-station-mismatch",
          .severities = "WWWWI",
          .kinds = "all",
          .mend = Safety::unsafe,
          .needs_directory = true,
          .check = check,
          .violate = violate,
          .page = {.what = "The calling station is the one that serves the originator: in the directory its "
                           "indicator has the name of the FM line.",
                   .why = "A message under another station's indicator sends questions, corrections and "
                          "answers to the wrong place.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "DE RTBAKV #0512/01 2310941",
                   .bad = "DE RTBAOS #0512/01 2310941"}};
}

}  // namespace torntape::validator
