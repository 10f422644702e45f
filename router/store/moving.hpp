// A store that moves: from a directory into a log on NATS, and back.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "router/store/engine.hpp"
#include "router/store/lmdb.hpp"
#include "router/store/nats.hpp"

namespace torntape::store {

// A log as it is now, read into a working copy. It need not belong to this switch, and may grow meanwhile.
[[nodiscard]] std::variant<std::unique_ptr<LmdbStore>, Failure> read_log(
    EngineAddress const& address, std::filesystem::path const& directory);

// Waits until the log is this store's: the claim of one that was interrupted has to end first.
[[nodiscard]] std::optional<Failure> await_log(NatsStore& store, std::chrono::milliseconds patience);

// Everything that is not there yet; so it may be interrupted, and goes on where it was.
// `told`: how many messages are there so far.
[[nodiscard]] std::optional<Failure> move_into(LmdbStore& from, NatsStore& to,
                                               std::function<void(std::size_t)> const& told);

struct Compared {
  std::size_t messages = 0, copies = 0;        // in both
  std::uint32_t checksum = 0;                  // CRC-32 of all that was compared
  std::optional<std::string> difference = {};  // the first, in words
};
[[nodiscard]] Compared compare(LmdbStore& one, LmdbStore& other);

}  // namespace torntape::store
