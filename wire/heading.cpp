#include "wire/heading.hpp"

#include <algorithm>
#include <string>

#include "wire/date_time_group.hpp"
#include "wire/number.hpp"
#include "wire/utf8.hpp"

namespace torntape::wire {
namespace {

using grammar::present;
using grammar::View;

constexpr View blanks = " \t\r\n";

bool blank(char c) { return blanks.find(c) != View::npos; }

View first_word(View text) { return text.substr(0, std::min(text.size(), text.find_first_of(blanks))); }

View after_blanks(View text) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(blanks)));
  return text;
}

// Every run of blanks and line ends becomes one blank; none at the ends.
std::string single_blanks(View text) {
  std::string out;
  for (text = after_blanks(text); !text.empty(); text = after_blanks(text)) {
    auto const word = first_word(text);
    if (!out.empty()) out += ' ';
    out += word;
    text.remove_prefix(word.size());
  }
  return utf8(out);
}

bool letters_spaced(View text) {
  for (text = after_blanks(text); !text.empty(); text = after_blanks(text)) {
    auto const word = first_word(text);
    if (word.size() != 1) return false;
    text.remove_prefix(1);
  }
  return true;
}

// "C O N F I D E N T I A L" → "CONFIDENTIAL". Where the letters are spaced, two blanks part words.
std::string closed_up(View classification) {
  if (!letters_spaced(classification)) return single_blanks(classification);
  std::string out;
  std::size_t gap = 0;
  for (char const c : after_blanks(classification)) {
    if (blank(c)) {
      ++gap;
      continue;
    }
    if (gap > 1) out += ' ';
    gap = 0;
    out += c;
  }
  return utf8(out == "TOPSECRET" ? "TOP SECRET" : out);
}

v1::Precedence of_letters(View letters) {
  bool const equal = !letters.empty() && letters.find_first_not_of(letters.front()) == View::npos;
  return equal ? to_proto(grammar::precedence_of_letter(letters.front())) : v1::PRECEDENCE_UNSPECIFIED;
}

void put(v1::TransmissionIdentification& out, grammar::TransmissionIdentification const& in) {
  if (present(in.channel)) out.set_channel(utf8(in.channel));
  if (present(in.sequence_number)) out.set_sequence_number(utf8(in.sequence_number));
  if (present(in.earlier)) out.set_earlier(utf8(in.earlier));
  if (present(in.security_prosign)) out.set_security_prosign(utf8(in.security_prosign));
  bool const without_start = !present(in.start) && present(in.channel);
  if (in.start == "VV" || without_start) out.set_start(utf8(in.start));
}

void put(v1::Pilot& out, grammar::Pilot const& in) {
  out.set_precedence(of_letters(in.precedence));
  for (auto const indicator : in.routing_indicators) out.add_routing_indicators(utf8(indicator));
  if (present(in.security_warning)) out.set_security_warning(utf8(in.security_warning));
  if (present(in.designator)) out.set_designator(utf8(in.designator));
  out.set_operating_signal(utf8(in.operating_signal));
  if (present(in.routing_indicator)) out.set_routing_indicator(utf8(in.routing_indicator));
  if (present(in.transmit_to)) out.set_transmit_to(utf8(in.transmit_to));
  if (present(in.received)) out.set_received_identification(utf8(in.received));
}

void put(v1::RoutingLine& out, grammar::RoutingLine const& in) {
  out.set_precedence(of_letters(in.precedence));
  for (auto const indicator : in.routing_indicators) out.add_routing_indicators(utf8(indicator));
  if (!present(in.content_indicator)) return;
  auto& header = *out.mutable_autodin_header();
  header.set_language_media(utf8(in.language_media));
  header.set_classification(utf8(in.classification));
  header.set_content_indicator(utf8(in.content_indicator));
  header.set_classification_redundancy(utf8(in.classification_redundancy));
}

void put(v1::Origin& out, grammar::Origin const& in) {
  if (present(in.routing_indicator)) out.set_routing_indicator(utf8(in.routing_indicator));
  if (present(in.station_serial_number)) out.set_station_serial_number(utf8(in.station_serial_number));
  if (auto const section = number(in.section)) out.set_section(*section);
  if (auto const day = number(in.day_of_year)) out.set_day_of_year(*day);
  if (auto const day = number(in.day_of_month)) out.set_day_of_month(*day);
  if (present(in.time_of_file)) out.set_time_of_file(utf8(in.time_of_file));
}

void put(v1::TransmissionInstructions& out, grammar::TransmissionInstructions const& in) {
  if (present(in.security_warning)) out.set_security_warning(utf8(in.security_warning));
  if (present(in.designator)) out.set_designator(utf8(in.designator));
  if (present(in.special_handling)) out.set_special_handling(utf8(in.special_handling));
  for (auto const signal : in.operating_signals) out.add_operating_signals(utf8(signal));
  if (present(in.remarks)) out.set_remarks(utf8(in.remarks));
  for (auto const& instruction : in.transmit) {
    auto& one = *out.add_transmit_instructions();
    if (present(instruction.routing_indicator))
      one.set_routing_indicator(utf8(instruction.routing_indicator));
    if (present(instruction.designators)) one.set_designators(utf8(instruction.designators));
  }
}

void put(v1::Preamble& out, grammar::Preamble const& in) {
  out.set_precedence(of_letters(in.precedence));
  out.set_info_precedence(of_letters(in.info_precedence));
  if (present(in.date_time_group)) out.set_date_time_group(utf8(in.date_time_group));
  if (auto const time = instant(in)) out.mutable_time()->set_seconds(time->time_since_epoch().count());
  for (auto const group : in.message_instructions) out.add_message_instructions(utf8(group));
}

void put(v1::Addressee& out, grammar::Addressee const& in, grammar::Precedence precedence) {
  if (present(in.routing_indicator)) out.set_routing_indicator(utf8(in.routing_indicator));
  out.set_plain_language_address(utf8(in.plain_language_address));
  out.set_precedence(to_proto(precedence));
  out.set_night_action(in.night_action);
  if (present(in.message_continuity_number))
    out.set_message_continuity_number(utf8(in.message_continuity_number));
  out.set_other_means(in.other_means);
  if (present(in.precedence_word)) out.set_precedence_word(single_blanks(in.precedence_word));
}

void put(v1::Accounting& out, grammar::Accounting const& in) {
  if (present(in.information)) out.set_information(utf8(in.information));
  if (present(in.group_count)) out.set_group_count(utf8(in.group_count));
}

void put(v1::TextIdentification& out, grammar::TextIdentification const& in) {
  if (present(in.classification)) out.set_classification(closed_up(in.classification));
  out.set_efto(present(in.efto));
  if (auto const section = number(in.section)) out.set_section(*section);
  if (auto const sections = number(in.sections)) out.set_sections(*sections);
  out.set_final_section(present(in.section) && in.section.data() == in.sections.data());
  if (present(in.station)) out.set_station(utf8(in.station));
  if (present(in.message_reference_number))
    out.set_message_reference_number(utf8(in.message_reference_number));
  for (auto const caption : in.captions) out.add_captions(utf8(caption));
  for (auto const tag : in.tags) out.add_tags(utf8(tag));
  if (present(in.subject)) out.set_subject(single_blanks(in.subject));
  out.set_service(present(in.service));
  if (!in.rest.empty()) out.set_remainder(utf8(in.rest));
}

void put(v1::PageMark& out, grammar::PageMark const& in) {
  out.set_page(utf8(in.page));
  if (present(in.pages)) out.set_pages(utf8(in.pages));
  if (present(in.station)) out.set_station(utf8(in.station));
  if (present(in.number)) out.set_number(utf8(in.number));
  if (present(in.classification)) out.set_classification(single_blanks(in.classification));
}

void put(v1::EndOfMessage& out, grammar::EndOfMessage const& in) {
  if (present(in.validation_number)) out.set_validation_number(utf8(in.validation_number));
  out.set_nnnn(present(in.nnnn));
  for (auto const correction : in.corrections) out.add_corrections(utf8(correction));
}

// FL5-FL10, of the message or of the one that it readdresses; `precedence_of` tells that of an addressee.
template <class Out, class In, class PrecedenceOf>
void put_heading(Out& out, In const& in, PrecedenceOf precedence_of) {
  put(*out.mutable_preamble(), in.preamble);
  if (present(in.originator.plain_language_address))
    out.set_originator(utf8(in.originator.plain_language_address));
  if (present(in.originator.routing_indicator))
    out.set_originator_routing_indicator(utf8(in.originator.routing_indicator));
  for (auto const& addressee : in.addressees) {
    bool const action = addressee.kind == grammar::AddresseeKind::action;
    auto& list = action ? *out.mutable_action_addressees() : *out.mutable_info_addressees();
    put(*list.Add(), addressee, precedence_of(addressee));
  }
  auto const has_indicator = [](auto const& exempted) { return present(exempted.routing_indicator); };
  bool const indicators = std::ranges::any_of(in.exempted, has_indicator);
  for (auto const& exempted : in.exempted) {
    out.add_exempted_addressees(utf8(exempted.plain_language_address));
    if (indicators) out.add_exempted_routing_indicators(utf8(exempted.routing_indicator));
  }
  put(*out.mutable_accounting(), in.accounting);
}

// A part of which nothing is known stays absent.
void clear_empty_parts(v1::Heading& heading) {
  auto const empty = [](auto const& part) { return part.ByteSizeLong() == 0; };
  if (empty(heading.transmission_identification())) heading.clear_transmission_identification();
  if (empty(heading.routing_line())) heading.clear_routing_line();
  if (empty(heading.origin())) heading.clear_origin();
  if (empty(heading.transmission_instructions())) heading.clear_transmission_instructions();
  if (empty(heading.preamble())) heading.clear_preamble();
  if (empty(heading.accounting())) heading.clear_accounting();
  if (empty(heading.text())) heading.clear_text();
  if (empty(heading.end())) heading.clear_end();
}

}  // namespace

v1::Precedence to_proto(grammar::Precedence precedence) {
  switch (precedence) {
    case grammar::Precedence::routine:
      return v1::PRECEDENCE_ROUTINE;
    case grammar::Precedence::priority:
      return v1::PRECEDENCE_PRIORITY;
    case grammar::Precedence::immediate:
      return v1::PRECEDENCE_IMMEDIATE;
    case grammar::Precedence::flash:
      return v1::PRECEDENCE_FLASH;
    case grammar::Precedence::emergency_command:
      return v1::PRECEDENCE_EMERGENCY_COMMAND;
    case grammar::Precedence::none:
      break;
  }
  return v1::PRECEDENCE_UNSPECIFIED;
}

v1::Profile to_proto(grammar::Profile profile) {
  switch (profile) {
    case grammar::Profile::state:
      return v1::PROFILE_STATE;
    case grammar::Profile::acp127:
      return v1::PROFILE_ACP127;
    case grammar::Profile::acp127_us:
      return v1::PROFILE_ACP127_US;
    case grammar::Profile::janap128:
      return v1::PROFILE_JANAP128;
    case grammar::Profile::acp126:
      return v1::PROFILE_ACP126;
  }
  return v1::PROFILE_UNSPECIFIED;
}

v1::CopyKind to_proto(grammar::CopyKind kind) {
  switch (kind) {
    case grammar::CopyKind::origin:
      return v1::COPY_KIND_ORIGIN;
    case grammar::CopyKind::relay:
      return v1::COPY_KIND_RELAY;
    case grammar::CopyKind::web:
      return v1::COPY_KIND_WEB;
    case grammar::CopyKind::abbreviated:
      return v1::COPY_KIND_ABBREV;
  }
  return v1::COPY_KIND_UNSPECIFIED;
}

v1::MessageForm to_proto(grammar::MessageForm form) {
  switch (form) {
    case grammar::MessageForm::plaindress:
      return v1::MESSAGE_FORM_PLAINDRESS;
    case grammar::MessageForm::abbreviated_plaindress:
      return v1::MESSAGE_FORM_ABBREVIATED_PLAINDRESS;
    case grammar::MessageForm::codress:
      return v1::MESSAGE_FORM_CODRESS;
    case grammar::MessageForm::service:
      return v1::MESSAGE_FORM_SERVICE;
  }
  return v1::MESSAGE_FORM_UNSPECIFIED;
}

v1::Heading to_proto(grammar::Message const& message) {
  v1::Heading out;
  out.set_profile(to_proto(message.profile));
  out.set_copy_kind(to_proto(message.copy_kind));
  out.set_archive(message.archive);
  out.set_form(to_proto(message.form));
  out.set_profile_reason(std::string{grammar::explain(message.profile_reason)});
  for (auto const& pilot : message.pilots) put(*out.add_pilots(), pilot);
  put(*out.mutable_transmission_identification(), message.transmission_identification);
  put(*out.mutable_routing_line(), message.routing_line);
  put(*out.mutable_origin(), message.origin);
  put(*out.mutable_transmission_instructions(), message.transmission_instructions);
  put_heading(out, message, [&](auto const& addressee) { return effective_precedence(message, addressee); });
  for (auto const& original : message.original)
    put_heading(*out.mutable_original(), original,
                [](auto const& addressee) { return addressee.precedence; });
  put(*out.mutable_text(), message.text);
  for (auto const& mark : message.page_marks) put(*out.add_page_marks(), mark);
  put(*out.mutable_end(), message.end);
  clear_empty_parts(out);
  return out;
}

}  // namespace torntape::wire
