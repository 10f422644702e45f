#include "grammar/contents.hpp"

#include <algorithm>
#include <chrono>

#include "grammar/characters.hpp"
#include "grammar/filing_date.hpp"

namespace torntape::grammar {
namespace {

void note_if(bool has, Message& message, Feature feature) {
  if (has) note(message, feature);
}

void note_station_lines(Message& m) {
  auto const number = m.transmission_identification.sequence_number;
  note_if(!number.empty() && number.find_first_not_of('0') == View::npos, m, Feature::number_of_zeros);
  note_if(m.origin.routing_indicator.ends_with("CSD"), m, Feature::switch_origin);
  auto const& parts = m.transmission_instructions;
  note_if(present(parts.special_handling), m, Feature::handling_designator);
  auto const letters = parts.designator;
  note_if(!letters.empty() && letters.find_first_not_of(letters.front()) != View::npos, m,
          Feature::release_code);
}

void note_preamble(Message& m) {
  auto const letter = m.preamble.precedence;
  note_if(letter.starts_with('O'), m, Feature::immediate);
  note_if(letter.starts_with('Y') || m.preamble.info_precedence.starts_with('Y'), m,
          Feature::emergency_command);
  if (auto const delay = filing_delay(m)) {
    note_if(*delay < std::chrono::minutes{0}, m, Feature::filed_early);
    note_if(*delay > std::chrono::hours{1}, m, Feature::filed_late);
  } else if (present(m.preamble.day) || present(m.preamble.time)) {
    note_if(!drawn_up(m), m, Feature::date_time_group_unclear);
  }
}

void note_reference(Message& m) {
  auto const serial = m.origin.station_serial_number;
  auto const reference = m.text.message_reference_number;
  note_if(!serial.empty() && !reference.empty() && !reference.ends_with(serial), m,
          Feature::reference_differs);
}

}  // namespace

void note_contents(Message& m) {
  note_station_lines(m);
  note_preamble(m);
  note_reference(m);
  for (auto const& addressee : m.addressees)
    note_if(addressee.precedence == Precedence::routine, m, Feature::routine_word);
  note_if(m.text.captions.size() > 1, m, Feature::several_captions);
  note_if(present(m.end.validation_number), m, Feature::validation_number);
}

}  // namespace torntape::grammar
