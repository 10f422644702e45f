#include "wire/message.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace torntape::wire {
namespace {

using grammar::View;

constexpr View letters = " RPOZY";

std::string letter(v1::Precedence precedence) {
  auto const i = static_cast<std::size_t>(precedence);
  return i == 0 || i >= letters.size() ? std::string{} : std::string(1, letters[i]);
}

std::string doubled(std::string const& letter) { return letter + letter; }

// "C O N F I D E N T I A L": the letters of all but UNCLAS and CLEAR are spaced (ACP 127(G) 209.a).
std::string spaced(std::string const& classification) {
  constexpr View closed[]{"UNCLAS", "UNCLASSIFIED", "CLEAR", "LIMITED OFFICIAL USE"};
  if (std::ranges::find(closed, View(classification)) != std::end(closed)) return classification;
  std::string out;
  for (char const c : classification) {
    if (c == ' ') continue;
    if (!out.empty()) out += ' ';
    out += c;
  }
  return out;
}

grammar::Profile profile_of(v1::Profile profile) {
  switch (profile) {
    case v1::PROFILE_ACP127:
      return grammar::Profile::acp127;
    case v1::PROFILE_ACP127_US:
      return grammar::Profile::acp127_us;
    case v1::PROFILE_JANAP128:
      return grammar::Profile::janap128;
    case v1::PROFILE_ACP126:
      return grammar::Profile::acp126;
    default:
      return grammar::Profile::state;
  }
}

grammar::CopyKind kind_of(v1::CopyKind kind) {
  switch (kind) {
    case v1::COPY_KIND_ORIGIN:
      return grammar::CopyKind::origin;
    case v1::COPY_KIND_WEB:
      return grammar::CopyKind::web;
    case v1::COPY_KIND_ABBREV:
      return grammar::CopyKind::abbreviated;
    default:
      return grammar::CopyKind::relay;
  }
}

}  // namespace

FilledMessage::FilledMessage(v1::Heading const& heading) {
  message_.profile = profile_of(heading.profile());
  message_.profile_reason = grammar::ProfileReason::given;
  message_.copy_kind = kind_of(heading.copy_kind());
  message_.archive = heading.archive();
  take_transmission(heading);
  take_routing(heading.routing_line());
  take_origin(heading.origin());
  take_instructions(heading.transmission_instructions());
  take_address(heading, message_);
  if (heading.has_original()) take_address(heading.original(), message_.original.emplace_back());
  take_text(heading.text());
}

View FilledMessage::keep(std::string text) {
  return text.empty() ? View{} : strings_.emplace_back(std::move(text));
}

void FilledMessage::take_transmission(v1::Heading const& heading) {
  auto const& in = heading.transmission_identification();
  auto& out = message_.transmission_identification;
  if (in.has_start())
    out.start = keep(in.start());
  else if (in.has_channel() || in.has_sequence_number())
    out.start = "VZCZC";
  out.channel = keep(in.channel());
  out.sequence_number = keep(in.sequence_number());
  out.earlier = keep(in.earlier());
  out.security_prosign = keep(in.security_prosign());
  for (auto const& one : heading.pilots()) {
    auto& pilot = message_.pilots.emplace_back();
    pilot.precedence = keep(doubled(letter(one.precedence())));
    for (auto const& indicator : one.routing_indicators())
      pilot.routing_indicators.push_back(keep(indicator));
    pilot.security_warning = keep(one.security_warning());
    pilot.designator = keep(one.designator());
    pilot.operating_signal = keep(one.operating_signal());
    pilot.routing_indicator = keep(one.routing_indicator());
    pilot.transmit_to = keep(one.transmit_to());
    pilot.received = keep(one.received_identification());
  }
}

void FilledMessage::take_routing(v1::RoutingLine const& line) {
  auto& out = message_.routing_line;
  auto const precedence = letter(line.precedence());
  out.precedence = keep(line.has_autodin_header() ? precedence : doubled(precedence));
  for (auto const& indicator : line.routing_indicators()) out.routing_indicators.push_back(keep(indicator));
  if (!line.has_autodin_header()) return;
  auto const& header = line.autodin_header();
  out.language_media = keep(header.language_media());
  out.classification = keep(header.classification());
  out.content_indicator = keep(header.content_indicator());
  out.classification_redundancy = keep(header.classification_redundancy());
  out.end_of_routing = ".";
}

void FilledMessage::take_origin(v1::Origin const& origin) {
  auto& out = message_.origin;
  out.routing_indicator = keep(origin.routing_indicator());
  out.station_serial_number = keep(origin.station_serial_number());
  if (origin.has_section()) out.section = keep(fmt::format("{:02}", origin.section()));
  if (origin.has_day_of_year())
    out.filing_time = keep(fmt::format("{:03}{}", origin.day_of_year(), origin.time_of_file()));
  else if (origin.has_day_of_month())
    out.filing_time = keep(fmt::format("{:02}/{}Z", origin.day_of_month(), origin.time_of_file()));
}

void FilledMessage::take_instructions(v1::TransmissionInstructions const& instructions) {
  auto& out = message_.transmission_instructions;
  out.security_warning = keep(instructions.security_warning());
  out.designator = keep(instructions.designator());
  out.special_handling = keep(instructions.special_handling());
  for (auto const& signal : instructions.operating_signals()) out.operating_signals.push_back(keep(signal));
  out.remarks = keep(instructions.remarks());
  for (auto const& one : instructions.transmit_instructions())
    out.transmit.push_back({keep(one.routing_indicator()), keep(one.designators())});
}

void FilledMessage::take_preamble(v1::Preamble const& in, grammar::Preamble& out) {
  out.precedence = keep(letter(in.precedence()));
  out.info_precedence = keep(letter(in.info_precedence()));
  out.date_time_group = keep(in.date_time_group());
  for (auto const& group : in.message_instructions()) out.message_instructions.push_back(keep(group));
}

grammar::Addressee FilledMessage::addressee(v1::Addressee const& in, grammar::AddresseeKind kind) {
  grammar::Addressee out;
  out.kind = kind;
  out.other_means = in.other_means();
  out.night_action = in.night_action();
  out.routing_indicator = keep(in.routing_indicator());
  out.plain_language_address = keep(in.plain_language_address());
  out.precedence_word = keep(in.precedence_word());
  out.message_continuity_number = keep(in.message_continuity_number());
  return out;
}

template <class In, class Out>
void FilledMessage::take_address(In const& in, Out& out) {
  take_preamble(in.preamble(), out.preamble);
  out.originator.plain_language_address = keep(in.originator());
  for (auto const& one : in.action_addressees())
    out.addressees.push_back(addressee(one, grammar::AddresseeKind::action));
  for (auto const& one : in.info_addressees())
    out.addressees.push_back(addressee(one, grammar::AddresseeKind::info));
  out.originator.routing_indicator = keep(in.originator_routing_indicator());
  for (int i = 0; i != in.exempted_addressees_size(); ++i) {
    auto& exempted = out.exempted.emplace_back();
    exempted.plain_language_address = keep(in.exempted_addressees(i));
    if (i < in.exempted_routing_indicators_size())
      exempted.routing_indicator = keep(in.exempted_routing_indicators(i));
  }
  out.accounting.information = keep(in.accounting().information());
  out.accounting.group_count = keep(in.accounting().group_count());
}

void FilledMessage::take_text(v1::TextIdentification const& text) {
  auto& out = message_.text;
  auto const digits = message_.profile == grammar::Profile::state ? 2 : 1;
  out.classification = keep(spaced(text.classification()));
  if (text.efto()) out.efto = "E F T O";
  if (text.service()) out.service = "SVC";
  if (text.has_section()) out.section = keep(fmt::format("{:0{}}", text.section(), digits));
  if (text.has_sections()) out.sections = keep(fmt::format("{:0{}}", text.sections(), digits));
  if (text.final_section()) out.section = out.sections;
  out.station = keep(text.station());
  out.message_reference_number = keep(text.message_reference_number());
  out.rest = keep(text.remainder());
}

}  // namespace torntape::wire
