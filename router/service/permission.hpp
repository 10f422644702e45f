// What a caller may see and take where that depends on the queue a copy is in. For every port alike.
#pragma once

#include <span>

#include "router/service/caller.hpp"
#include "router/service/reply.hpp"
#include "router/store/store.hpp"

namespace torntape::service {

// None where the caller may acknowledge or release all of these copies.
[[nodiscard]] Caller::Refused may_settle(Caller& caller, store::Store& store,
                                         std::span<relay::CopyId const> copies);
// None where the caller may look at this message: a queue of theirs has a copy of it.
[[nodiscard]] Caller::Refused may_look_at(Caller& caller, relay::Envelope const& envelope);
// The queues and circuits of the caller.
[[nodiscard]] Queues queues_of(Caller& caller, Queues all);

}  // namespace torntape::service
