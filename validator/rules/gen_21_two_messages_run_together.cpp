#include <algorithm>
#include <iterator>
#include <string>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void second_starts(Message const& m, Findings& found) {
  auto const* const own = line_of(m, FormatLine::fl1);
  each(m, Feature::start_repeated, [&](View again) {
    if (own == nullptr || line_index(m, again) == line_index(m, own->text)) return;  // FL1-02
    found.add(again, "second transmission begins before the end of the first")
        .note(own->text, "the first begins here");
  });
}

bool same_letters(View name, View post) {
  auto const letters = [](View text) {
    std::string out;
    std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c >= 'A' && c <= 'Z'; });
    return out;
  };
  auto const wanted = letters(post == "STATE" ? "SECSTATE" : post);
  return letters(name).find(wanted) != std::string::npos;
}

// Numbered by the Secretary's party, wherever it is: not by the post that sends.
bool travelling_series(View post) {
  return post == "PARTO" || post == "SECTO" || post == "TOSEC" || post.find("TOSEC") != View::npos;
}

bool same_number(View serial, View reference) {
  return reference.size() >= serial.size() && reference.ends_with(serial);
}

// Another station and another number: one of the two alone is only odd.
void foreign_text(Message const& m, Findings& found) {
  auto const& text = m.text;
  auto const name = m.originator.plain_language_address;
  if (text.station.empty() || text.message_reference_number.empty() || name.empty()) return;
  if (m.origin.station_serial_number.empty()) return;
  if (same_number(m.origin.station_serial_number, text.message_reference_number)) return;
  if (travelling_series(text.station)) return;
  if (same_letters(name, text.station)) return;
  found.add(stretch(text.station, text.message_reference_number), "text is of another station")
      .note(name, "heading is of this station");
}

void check(Message const& m, Site const&, Findings& found) {
  second_starts(m, found);
  foreign_text(m, found);
}

bool violate(Draft& draft, Random& random) {
  auto const& text = draft.message().text;
  if (draft.message().origin.station_serial_number.empty()) return false;
  if (text.station.empty() || text.message_reference_number.empty()) return false;
  auto const other = View{random.pick("TARSIBAD 000077", "MIRZAGRAD 000101")};
  return !other.starts_with(text.station) &&
         draft.replace(stretch(text.station, text.message_reference_number), other);
}

}  // namespace

Rule gen_21() {
  return {.id = "GEN-21",
          .name = "two-messages-run-together",
          .severities = "EEEEE",
          .kinds = "all;A=W",
          .when = has(Feature::start_repeated, Feature::reference_differs),
          .silences = {"GEN-17", "GEN-22", "X-07", "X-08", "X-09", "X-10"},
          .check = check,
          .violate = violate,
          .page = {.what = "A transmission holds one message, from its FL1 to NNNN.",
                   .why = "Where the end of one and the start of the next are lost, the second message goes "
                          "to the addressees of the first, and to none of its own.",
                   .citation = "ACP 127(G) 128, 202.c",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "UNCLAS TARSIBAD 000077"}};
}

}  // namespace torntape::validator
