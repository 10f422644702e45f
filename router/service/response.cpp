#include "router/service/response.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include "grammar/received.hpp"
#include "router/network/routes.hpp"
#include "router/relay/circuits.hpp"
#include "router/relay/transmission.hpp"
#include "wire/heading.hpp"
#include "wire/network.hpp"
#include "wire/utf8.hpp"

namespace torntape::service {
namespace {

v1::Kind to_proto(grammar::AddresseeKind kind) {
  return kind == grammar::AddresseeKind::action ? v1::KIND_ACTION : v1::KIND_INFO;
}

google::protobuf::Timestamp timestamp(relay::Now time) {
  return google::protobuf::util::TimeUtil::MillisecondsToTimestamp(time.time_since_epoch().count());
}

v1::Reason reason(relay::Refused refused) {
  switch (refused) {
    case relay::Refused::unroutable:
      return v1::REASON_UNROUTABLE;
    case relay::Refused::full:
      return v1::REASON_FULL;
    case relay::Refused::not_found:
      return v1::REASON_NOT_FOUND;
    case relay::Refused::not_handed_out:
      return v1::REASON_NOT_HANDED_OUT;
  }
  return v1::REASON_UNSPECIFIED;
}

v1::CopyState to_proto(relay::CopyState state) {
  switch (state) {
    case relay::CopyState::waiting:
      return v1::COPY_STATE_WAITING;
    case relay::CopyState::handed_out:
      return v1::COPY_STATE_HANDED_OUT;
    case relay::CopyState::settled:
      return v1::COPY_STATE_ACKNOWLEDGED;
  }
  return v1::COPY_STATE_UNSPECIFIED;
}

void put(v1::Depth& out, relay::LaneDepth const& lane) {
  out.set_precedence(wire::to_proto(lane.precedence));
  out.set_kind(to_proto(lane.kind));
  out.set_waiting(lane.waiting);
  out.set_handed_out(lane.handed_out);
}

void put(v1::Queue& out, relay::QueueDepth const& queue, directory::Directory const* directory) {
  out.set_name(wire::utf8(queue.name));
  auto const* const station = directory != nullptr ? directory->station(queue.name) : nullptr;
  if (station != nullptr) out.set_plain_language_address(wire::utf8(station->name));
  for (auto const& lane : queue.lanes) put(*out.add_depths(), lane);
  if (queue.oldest) *out.mutable_oldest() = timestamp(*queue.oldest);
}

void put(v1::Circuit& out, relay::CircuitStatus const& circuit) {
  out.set_name(wire::utf8(circuit.name));
  out.set_far_end(wire::utf8(circuit.far_end));
  out.set_up(circuit.up);
  if (circuit.last_sent)
    out.set_last_sent(relay::identification(circuit.sending_channel, *circuit.last_sent));
  if (circuit.last_heard)
    out.set_last_heard(relay::identification(circuit.receiving_channel, *circuit.last_heard));
  out.set_unconfirmed(circuit.unconfirmed);
  out.set_closed(circuit.closed);
  out.set_out(circuit.out);
}

void put(v1::Circuit& out, relay::QueueDepth const& queue) {
  for (auto const& lane : queue.lanes) put(*out.add_depths(), lane);
  if (queue.oldest) *out.mutable_oldest() = timestamp(*queue.oldest);
}

// Under which number it last went to another relay, and as what.
void put_sent(v1::CopyStatus& out, relay::CopyStatus const& status, store::Store::Stored const& stored,
              directory::Directory const* directory, std::string_view here) {
  auto const sent = std::ranges::find(stored.sent, status.id.copy, &store::Store::SentAs::copy);
  if (sent == stored.sent.end() || directory == nullptr) return;
  auto const& circuits = directory->network().circuits;
  auto const circuit = std::ranges::find(circuits, sent->circuit, &directory::Circuit::name);
  if (circuit == circuits.end()) return;
  auto const identification = relay::identification(network::sending_channel(*circuit, here), sent->number);
  out.set_identification(wire::utf8(identification));
  grammar::Received const received{stored.text};
  auto const text = relay::transmission({identification, status.copy.precedence, status.copy.called,
                                         std::string{here}, "", status.copy.rerouted},
                                        received.message());
  out.set_heading(wire::utf8(relay::first_lines(text)));
}

void put(v1::NetworkCollective& out, directory::Collective const& collective) {
  if (!collective.indicator.empty()) out.set_routing_indicator(wire::utf8(collective.indicator));
  out.set_title(wire::utf8(collective.title));
  if (!collective.owner.empty()) out.set_owner(wire::utf8(collective.owner));
  for (auto const& member : collective.members) out.add_members(wire::utf8(member));
  for (auto const& member : collective.info_members) out.add_info_members(wire::utf8(member));
}

void put(v1::NetworkCircuit& out, directory::Circuit const& circuit, Queues const& queues) {
  out.set_name(wire::utf8(circuit.name));
  out.set_first(wire::utf8(circuit.first));
  out.set_second(wire::utf8(circuit.second));
  out.set_out_channel(wire::utf8(circuit.out_channel));
  out.set_in_channel(wire::utf8(circuit.in_channel));
  out.set_bits_per_second(circuit.bits_per_second);
  for (auto const& way : circuit.alternates) {
    auto& circuits = *out.add_alternates();
    for (auto const& name : way) circuits.add_circuits(wire::utf8(name));
  }
  auto const status = std::ranges::find(queues.circuits, circuit.name, &relay::CircuitStatus::name);
  if (status == queues.circuits.end()) return;
  out.set_up(status->up);
  out.set_closed(status->closed);
}

}  // namespace

v1::Refusal refusal(v1::Reason reason, std::string_view message) {
  v1::Refusal out;
  out.set_reason(reason);
  out.set_message(wire::utf8(message));
  return out;
}

v1::Refusal refusal(store::Store::Missing missing, std::string_view id) {
  if (missing == store::Store::Missing::unknown)
    return refusal(v1::REASON_NOT_FOUND, fmt::format("no such message: {}", id));
  return refusal(v1::REASON_DAMAGED,
                 fmt::format("message {} is damaged in the store; file its text again to make it whole", id));
}

v1::SubmitResponse to_proto(relay::Accept const& accept) {
  v1::SubmitResponse out;
  out.set_id(relay::to_string(accept.number));
  out.set_action_copies(accept.action_copies);
  out.set_info_copies(accept.info_copies);
  out.set_already_filed(accept.already_filed);
  out.set_transmissions(accept.transmissions);
  for (auto const& note : accept.notes) out.add_notes(wire::utf8(note));
  return out;
}

v1::Refusal to_proto(relay::Refuse const& refuse) { return refusal(reason(refuse.reason), refuse.message); }

v1::Refusal to_proto(Unsaved const& unsaved) { return refusal(v1::REASON_STORE, unsaved.message); }

v1::QueuesResponse to_proto(Queues const& queues, directory::Directory const* directory) {
  v1::QueuesResponse out;
  std::map<std::string, v1::Circuit*> circuits;  // by their queues
  for (auto const& circuit : queues.circuits) {
    auto* const added = out.add_circuits();
    put(*added, circuit);
    circuits.emplace(relay::circuit_queue(circuit.name), added);
  }
  for (auto const& queue : queues.queues)
    if (auto const circuit = circuits.find(queue.name); circuit != circuits.end())
      put(*circuit->second, queue);
    else
      put(*out.add_queues(), queue, directory);
  return out;
}

v1::CopyStatus to_proto(relay::CopyStatus const& status) {
  v1::CopyStatus out;
  out.set_id(relay::to_string(status.id));
  out.set_queue(wire::utf8(status.copy.queue));
  out.set_kind(to_proto(status.copy.kind));
  out.set_precedence(wire::to_proto(status.copy.precedence));
  out.set_attempts(status.attempts);
  out.set_state(to_proto(status.state));
  for (auto const& called : status.copy.called) out.add_called(wire::utf8(called));
  out.set_reason(wire::utf8(status.copy.reason));
  return out;
}

v1::Copy to_proto(relay::HandedCopy const& copy) {
  v1::Copy out;
  out.set_id(relay::to_string(copy.id));
  out.set_queue(wire::utf8(copy.copy.queue));
  out.set_kind(to_proto(copy.copy.kind));
  out.set_precedence(wire::to_proto(copy.copy.precedence));
  out.set_attempt(copy.attempt);
  out.set_suspected_duplicate(copy.suspected_duplicate);
  return out;
}

v1::Message to_proto(store::Store::Stored stored) {
  v1::Message out;
  out.set_id(relay::to_string(stored.envelope.number));
  *out.mutable_accepted_at() = timestamp(stored.envelope.accepted_at);
  grammar::Received const received{std::move(stored.text)};
  *out.mutable_heading() = wire::to_proto(received.message());
  out.set_text(received.bytes());
  return out;
}

v1::Reception reception(relay::Envelope const& envelope) {
  v1::Reception out;
  out.set_circuit(wire::utf8(envelope.received_over));
  out.set_identification(wire::utf8(envelope.received_as));
  return out;
}

v1::MessageResponse to_proto(store::Store::Stored stored, Statuses const& statuses,
                             directory::Directory const* directory, std::string_view here) {
  v1::MessageResponse out;
  if (!stored.envelope.received_over.empty()) *out.mutable_reception() = reception(stored.envelope);
  for (auto const& status : statuses.copies) {
    auto& copy = *out.add_copies();
    copy = to_proto(status);
    put_sent(copy, status, stored, directory, here);
  }
  *out.mutable_message() = to_proto(std::move(stored));
  return out;
}

v1::NetworkResponse network_to_proto(directory::Directory const* directory, std::string_view here,
                                     Queues const& queues) {
  v1::NetworkResponse out;
  if (directory == nullptr) return out;
  auto const& network = directory->network();
  out.set_name(wire::utf8(network.name));
  out.set_relay(wire::utf8(here));
  for (auto const& relay : network.relays) *out.add_relays() = wire::to_proto(relay);
  for (auto const& station : network.stations) *out.add_stations() = wire::to_proto(station);
  for (auto const& collective : network.collectives) put(*out.add_collectives(), collective);
  for (auto const& circuit : network.circuits) put(*out.add_circuits(), circuit, queues);
  return out;
}

}  // namespace torntape::service
