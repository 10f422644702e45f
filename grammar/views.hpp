// All views of a message into its bytes.
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar {

namespace views {

template <class Do>
void each(std::vector<View>& views, Do const& look_at) {
  for (auto& view : views) look_at(view);
}

template <class Do, class... Views>
void all(Do const& look_at, Views&... views) {
  (look_at(views), ...);
}

// Those of the address, of the message and of one that is readdressed.
template <class Do, class Heading>
void address(Heading& h, Do const& look_at) {
  auto& p = h.preamble;
  all(look_at, p.precedence, p.info_precedence, p.date_time_group, p.day, p.time, p.zone, p.month, p.year);
  each(p.message_instructions, look_at);
  auto& o = h.originator;
  all(look_at, o.prosign, o.routing_indicator, o.plain_language_address);
  for (auto& a : h.addressees)
    all(look_at, a.routing_indicator, a.separator, a.plain_language_address, a.precedence_word,
        a.message_continuity_number);
  for (auto& e : h.exempted) all(look_at, e.routing_indicator, e.plain_language_address);
  all(look_at, h.accounting.information, h.accounting.group_count);
}

template <class Do>
void transmission(Message& message, Do const& look_at) {
  auto& i = message.transmission_identification;
  all(look_at, i.start, i.channel, i.sequence_number, i.earlier, i.security_prosign, i.rest);
  for (auto& p : message.pilots) {
    all(look_at, p.precedence, p.security_warning, p.designator, p.operating_signal, p.routing_indicator,
        p.transmit_to, p.received);
    each(p.routing_indicators, look_at);
  }
  auto& r = message.routing_line;
  all(look_at, r.bell, r.precedence, r.language_media, r.classification, r.content_indicator,
      r.classification_redundancy, r.end_of_routing);
  each(r.routing_indicators, look_at);
  auto& o = message.origin;
  all(look_at, o.de, o.routing_indicator, o.serial_mark, o.station_serial_number, o.section, o.filing_time,
      o.day_of_year, o.day_of_month, o.time_of_file, o.rest);
  auto& t = message.transmission_instructions;
  all(look_at, t.security_warning, t.designator, t.special_handling, t.remarks);
  each(t.operating_signals, look_at);
  for (auto& instruction : t.transmit) all(look_at, instruction.routing_indicator, instruction.designators);
}

template <class Do>
void text(Message& message, Do const& look_at) {
  auto& x = message.text;
  all(look_at, x.classification, x.efto, x.service, x.section, x.sections, x.station,
      x.message_reference_number, x.subject, x.rest);
  each(x.captions, look_at);
  each(x.tags, look_at);
  for (auto& mark : message.page_marks)
    all(look_at, mark.text, mark.page, mark.pages, mark.station, mark.number, mark.classification);
  all(look_at, message.end.validation_number, message.end.nnnn);
  each(message.end.corrections, look_at);
}

}  // namespace views

// Calls `look_at(View&)` for each, absent ones too. A part that is added to a message is added here: a test
// finds what was forgotten.
template <class Do>
void for_each_view(Message& message, Do const& look_at) {
  views::all(look_at, message.source, message.profile_witness);
  for (auto& line : message.lines) views::all(look_at, line.text, line.ending);
  for (auto& oddity : message.oddities) look_at(oddity.where);
  views::transmission(message, look_at);
  views::address(message, look_at);
  for (auto& original : message.original) views::address(original, look_at);
  views::text(message, look_at);
}

}  // namespace torntape::grammar
