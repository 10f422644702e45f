// A search of the journal, as the ports ask and answer it.
#pragma once

#include <variant>

#include <torntape/v1/switch.pb.h>

#include "router/store/store.hpp"

namespace torntape::service {

// Reads the store: not for a thread that must not wait.
[[nodiscard]] std::variant<v1::JournalResponse, v1::Refusal> search_journal(
    store::Store& store, v1::JournalRequest const& request);

}  // namespace torntape::service
