#include "router/service/permission.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "router/service/response.hpp"

namespace torntape::service {

Caller::Refused may_settle(Caller& caller, store::Store& store, std::span<relay::CopyId const> copies) {
  if (auto refused = caller.may(Verb::collect)) return refused;
  if (caller.has_all_queues()) return std::nullopt;
  for (auto const& id : copies) {
    auto const found = store.message(id.message);
    auto const* const stored = std::get_if<store::Store::Stored>(&found);
    if (stored == nullptr || id.copy >= stored->envelope.copies.size())
      return refusal(v1::REASON_NOT_FOUND, fmt::format("no such copy: {}", relay::to_string(id)));
    if (auto refused = caller.may(Verb::collect, stored->envelope.copies[id.copy].queue)) return refused;
  }
  return std::nullopt;
}

Caller::Refused may_look_at(Caller& caller, relay::Envelope const& envelope) {
  if (auto refused = caller.may(Verb::look)) return refused;
  auto const theirs = [&caller](auto const& copy) { return caller.has_queue(copy.queue); };
  if (caller.has_all_queues() || std::ranges::any_of(envelope.copies, theirs)) return std::nullopt;
  return refusal(
      v1::REASON_FORBIDDEN,
      fmt::format("'{}' may not look at this message: no queue of theirs has a copy of it", caller.name()));
}

Queues queues_of(Caller& caller, Queues all) {
  if (caller.has_all_queues()) return all;
  std::erase_if(all.queues, [&caller](auto const& queue) { return !caller.has_queue(queue.name); });
  std::erase_if(all.circuits, [&caller](auto const& circuit) {
    return !caller.has_queue(relay::circuit_queue(circuit.name));
  });
  return all;
}

}  // namespace torntape::service
