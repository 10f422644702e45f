#include "wire/network.hpp"

#include "wire/utf8.hpp"

namespace torntape::wire {
namespace {

void put(v1::NetworkPlace& out, directory::Place const& place) {
  out.set_latitude(place.latitude);
  out.set_longitude(place.longitude);
}

}  // namespace

v1::NetworkRelay to_proto(directory::Relay const& relay) {
  v1::NetworkRelay out;
  out.set_routing_indicator(utf8(relay.indicator));
  out.set_name(utf8(relay.name));
  for (auto const& prefix : relay.prefixes) out.add_prefixes(utf8(prefix));
  out.set_transfer(relay.transfer);
  if (relay.place) put(*out.mutable_place(), *relay.place);
  return out;
}

v1::NetworkStation to_proto(directory::Station const& station) {
  v1::NetworkStation out;
  out.set_routing_indicator(utf8(station.indicator));
  out.set_plain_language_address(utf8(station.name));
  out.set_relay(utf8(station.relay));
  if (station.place) put(*out.mutable_place(), *station.place);
  return out;
}

}  // namespace torntape::wire
