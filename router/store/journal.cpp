#include "router/store/journal.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace torntape::store {

namespace {

using grammar::View;

constexpr std::size_t longest_value = 100;

void append(std::string& value, View text) {
  for (char const c : text) {
    if (value.size() == longest_value) return;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    value.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
}

void add(Terms& terms, Field field, std::initializer_list<View> parts) {
  Term term{field, {}};
  for (auto const part : parts) append(term.value, part);
  if (!term.value.empty()) terms.push_back(std::move(term));
}

// "001399", "ASTANA 001399", and as the archives of State number telegrams: "09ASTANA1399".
void add_reference(Terms& terms, grammar::Message const& message) {
  constexpr auto field = Field::message_reference_number;
  auto const& text = message.text;
  auto number = text.message_reference_number;
  if (number.empty()) return;
  add(terms, field, {number});
  if (text.station.empty()) return;
  add(terms, field, {text.station, number});
  auto year = message.preamble.year;
  if (year.empty()) return;
  year.remove_prefix(std::min<std::size_t>(year.size() - 1, year.size() > 2 ? 2 : 0));
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size() - 1));
  add(terms, field, {year, text.station, number});
}

void add_date_time_group(Terms& terms, grammar::Preamble const& preamble) {
  add(terms, Field::date_time_group, {preamble.date_time_group});
  add(terms, Field::date_time_group, {preamble.day, preamble.time, preamble.zone});
}

void add_originator(Terms& terms, grammar::Message const& message) {
  add(terms, Field::originator, {message.originator.plain_language_address});
  add(terms, Field::originator, {message.originator.routing_indicator});
  add(terms, Field::originator, {message.origin.routing_indicator});
}

// Where no address names anybody, FL2 does.
void add_addressees(Terms& terms, grammar::Message const& message) {
  for (auto const& addressee : message.addressees) {
    add(terms, Field::addressee, {addressee.routing_indicator});
    add(terms, Field::addressee, {addressee.plain_language_address});
  }
  if (!message.addressees.empty()) return;
  for (auto const indicator : message.routing_line.routing_indicators)
    add(terms, Field::addressee, {indicator});
}

void add_stations(Terms& terms, relay::Envelope const& envelope) {
  for (auto const& copy : envelope.copies)
    if (relay::is_set_aside_queue(copy.queue))  // it was for the station whose queue it was in
      for (auto const& queue : copy.called) add(terms, Field::addressee, {queue});
    else if (!relay::is_circuit_queue(copy.queue) && copy.queue != relay::intercept_queue)
      add(terms, Field::addressee, {copy.queue});
}

}  // namespace

Terms terms_of(relay::Envelope const& envelope, grammar::Message const& message) {
  Terms terms;
  add_reference(terms, message);
  add(terms, Field::station_serial_number, {message.origin.station_serial_number});
  add_date_time_group(terms, message.preamble);
  add_originator(terms, message);
  add_addressees(terms, message);
  add_stations(terms, envelope);
  std::ranges::sort(terms);
  auto const repeated = std::ranges::unique(terms);
  terms.erase(repeated.begin(), repeated.end());
  return terms;
}

Terms terms_of(Wanted const& wanted) {
  Terms terms;
  auto const want = [&terms](Field field, std::optional<std::string> const& text) {
    if (text) add(terms, field, {*text});
  };
  want(Field::message_reference_number, wanted.message_reference_number);
  want(Field::station_serial_number, wanted.station_serial_number);
  want(Field::date_time_group, wanted.date_time_group);
  want(Field::originator, wanted.originator);
  want(Field::addressee, wanted.addressee);
  return terms;
}

bool has_all(Terms const& terms, Terms const& wanted) {
  return std::ranges::all_of(wanted,
                             [&terms](Term const& term) { return std::ranges::binary_search(terms, term); });
}

}  // namespace torntape::store
