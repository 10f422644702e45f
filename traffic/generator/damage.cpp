#include "traffic/generator/damage.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "grammar/filing_date.hpp"
#include "validator/places.hpp"

namespace torntape::generator {

namespace {

using grammar::Addressee;
using grammar::FormatLine;
using grammar::View;
using validator::Draft;
using validator::Random;

// The addressees whose place in a line is plain: an indicator of five letters or more, a mission's name.
std::vector<Addressee> plain_addressees(Draft const& draft) {
  std::vector<Addressee> chosen;
  for (auto const& addressee : draft.message().addressees)
    if (addressee.routing_indicator.size() >= 5 && addressee.plain_language_address.starts_with("AM"))
      chosen.push_back(addressee);
  return chosen;
}

bool lose_slash(Draft& draft, Random& random) {
  auto const chosen = plain_addressees(draft);
  return !chosen.empty() && draft.erase(random.one_of(chosen).separator);
}

bool garble_slash(Draft& draft, Random& random) {
  auto const chosen = plain_addressees(draft);
  return !chosen.empty() && draft.replace(random.one_of(chosen).separator, ")");
}

bool glue_prosign(Draft& draft, Random&) {
  auto const* const line = validator::line_of(draft.message(), FormatLine::fl7);
  return line != nullptr && line->text.starts_with("TO R") && draft.erase(line->text.substr(2, 1)) &&
         draft.message().features.has(grammar::Feature::prosign_glued);
}

bool lose_first_letter(Draft& draft, Random& random) {
  auto const chosen = plain_addressees(draft);
  return !chosen.empty() && draft.erase(random.one_of(chosen).routing_indicator.substr(0, 1));
}

// "EUHUL/": the first letter lost, the next two swapped.
bool lose_and_swap(Draft& draft, Random& random) {
  auto const chosen = plain_addressees(draft);
  // As filed, the indicator in FL2 would seem to serve nobody (FL2-13).
  if (chosen.empty() || draft.message().copy_kind == grammar::CopyKind::origin) return false;
  auto const indicator = random.one_of(chosen).routing_indicator;
  if (indicator[1] != 'U' || indicator[2] != 'E') return false;
  return draft.replace(indicator.substr(0, 3), "EU");
}

// "REUHUL": well formed, and nobody's.
bool swap_letters_of_routing(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const& called = m.routing_line.routing_indicators;
  if (m.copy_kind != grammar::CopyKind::relay || called.empty() || called.front().size() < 5) return false;
  std::string swapped(called.front());
  std::swap(swapped[1], swapped[2]);
  if (swapped == called.front() || m.conventions->nation_letters.find(swapped[1]) == std::string::npos)
    return false;
  return draft.replace(called.front(), swapped);
}

// The filing time three days before the date-time group, with its clock time.
bool file_early(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const from = grammar::drawn_up(m);
  if (!from || m.origin.day_of_year.size() != 3 || m.origin.time_of_file != m.preamble.time) return false;
  return draft.replace(m.origin.day_of_year, grammar::julian_day(*from - std::chrono::days{3}));
}

// As archives have them.
bool blank_every_line(Draft& draft, Random&) {
  std::string text;
  for (char const c : draft.text()) {
    if (c == '\n') text += ' ';
    text += c;
  }
  return draft.replace(draft.message().source, text);
}

}  // namespace

std::span<Damage const> damages() {
  // Without a function of its own a damage is the mutation of its rule.
  static constexpr std::array all{
      Damage{"lost-slash", "FL7-04", "RUEHULAMEMBASSY SEOUL", lose_slash},
      Damage{"garbled-slash", "FL7-05", "RUEHUL)AMEMBASSY SEOUL", garble_slash},
      Damage{"glued-prosign", "FL7-03", "TORUEHC/SECSTATE WASHDC", glue_prosign},
      Damage{"indicator-letter-lost", "FL7-06", "UEHUL/AMEMBASSY SEOUL", lose_first_letter},
      Damage{"indicator-letters-swapped", "FL7-06", "EUHUL/AMEMBASSY SEOUL", lose_and_swap},
      Damage{"routing-letters-swapped", "FL2-11", "REUHUL", swap_letters_of_routing},
      Damage{"misspelt-precedence", "FL7-08", "AMEMBASSY SEOUL PIORITY", nullptr},
      Damage{"intruded-month", "FL7-18", "AMEMBASSY LA PAZ AUG 0412", nullptr},
      Damage{"glued-number", "FL7-11", "SEOUL0866, SEOUL 866", nullptr},
      Damage{"number-first", "FL7-12", "SEOUL 0866 PRIORITY", nullptr},
      Damage{"numbers-of-sections", "FL7-13", "2276-2277", nullptr},
      Damage{"other-means", "FL7-24", "ZEN/AMEMBASSY SEOUL", nullptr},
      Damage{"exempt-yet-addressed", "FL9-03", "XMT and TO of one name", nullptr},
      Damage{"page-line", "FL7-19", "PAGE 02 STATE 001399 170141Z", nullptr},
      Damage{"stray-word", "FL7-20", "PROG", nullptr},
      Damage{"empty-line", "GEN-13", "an empty line inside the heading", nullptr},
      Damage{"text-before", "GEN-14", "a mail header before VZCZC", nullptr},
      Damage{"opening-twice", "GEN-17", "the opening of the text printed twice", nullptr},
      Damage{"trailing-backslash", "GEN-20", "VZCZCXRO3820\\", nullptr},
      Damage{"distribution-copy", "GEN-19", "ACTION EUR-00", nullptr},
      Damage{"partial-extract", "GEN-15", "a note in place of the message", nullptr},
      Damage{"info-only", "FL7-01", "INFO, and no TO", nullptr},
      Damage{"mail-from", "FL6-02", "From: AMEMBASSY ASTANA", nullptr},
      Damage{"precedence-lost", "FL5-01", "170141Z AUG 09", nullptr},
      Damage{"odd-precedence", "FL2-01", "NN RUEHBI", nullptr},
      Damage{"short-security-group", "FL4-03", "ZNY CCCC", nullptr},
      Damage{"glued-signals", "FL4-10", "ZZHZDF, ZH", nullptr},
      Damage{"service-desk-remark", "FL4-11", "ZZH (CCY AD000000)", nullptr},
      Damage{"decorated-signal", "FL5-10", "//ZEL//", nullptr},
      Damage{"filed-three-days-early", "X-01", "2260141 under 170141Z AUG", file_early},
      Damage{"misspelt-name", "FL7-26", "AMEMBASSY SEOL", nullptr},
      Damage{"garbled-class", "FL12-03", "E C R E T, NCLAS", nullptr},
      Damage{"garbled-section", "FL12-05", "SCTION 02 OF 02", nullptr},
      Damage{"foreign-text", "GEN-21", "the text of another station", nullptr},
      Damage{"indicator-twice", "FL2-05", "RUEHBI RUEHBI", nullptr},
      Damage{"blank-at-every-end", "GEN-05", "every line ends in a blank", blank_every_line}};
  return all;
}

}  // namespace torntape::generator
