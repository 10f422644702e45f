#include "grammar/identity.hpp"

#include <algorithm>

namespace torntape::grammar {

std::string identity(Message const& message) {
  auto const& origin = message.origin;
  if (origin.routing_indicator.empty() || origin.station_serial_number.empty() || origin.filing_time.empty())
    return {};
  std::string identity;
  identity.reserve(origin.routing_indicator.size() + origin.station_serial_number.size() +
                   origin.section.size() + origin.filing_time.size() + 3);
  identity.append(origin.routing_indicator);
  identity.append(" ").append(origin.station_serial_number);
  if (!origin.section.empty()) identity.append("/").append(origin.section);
  identity.append(" ").append(origin.filing_time);
  return identity;
}

bool suspected_duplicate(Message const& message) {
  auto const is_zfd = [](View signal) { return signal == "ZFD"; };
  auto const under_zfd = [](Pilot const& pilot) { return pilot.operating_signal == "ZFD"; };
  return std::ranges::any_of(message.pilots, under_zfd) ||
         std::ranges::any_of(message.transmission_instructions.operating_signals, is_zfd) ||
         std::ranges::any_of(message.preamble.message_instructions, is_zfd);
}

}  // namespace torntape::grammar
