#include "grammar/recognition.hpp"

#include <algorithm>

namespace torntape::grammar {

Profile recognise_profile(Message const& message) {
  auto const& signals = message.transmission_instructions.operating_signals;
  if (std::ranges::find(signals, View("ZZH")) != signals.end()) return Profile::state;
  auto const& identification = message.transmission_identification;
  auto const channel = identification.channel;
  if (!channel.empty() && identification.sequence_number.size() == 4 &&
      (channel.back() == 'I' || channel.back() == 'O' || channel == "XYZ"))
    return Profile::state;
  if (present(message.origin.serial_mark)) return Profile::acp127_us;
  if (present(message.origin.de)) return Profile::acp127;
  return Profile::acp126;
}

CopyKind recognise_copy_kind(Message const& message) {
  auto const& identification = message.transmission_identification;
  if (!present(identification.start) && message.routing_line.routing_indicators.empty() &&
      !present(message.origin.routing_indicator) &&
      !present(message.transmission_instructions.security_warning))
    return CopyKind::abbreviated;
  return identification.channel == "XYZ" ? CopyKind::web : CopyKind::relay;
}

}  // namespace torntape::grammar
