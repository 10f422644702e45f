// What a switch on NATS keeps on its own disk until the log holds it for certain (docs/nats.md).
//
// A row is a group of records, in the order of their decision. What was accepted while NATS is away waits
// here to be appended. What NATS has acknowledged stays for a while too: it may be in the memory of its nodes
// only, and a log that has lost its end gets it back from here.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "router/store/store.hpp"

namespace torntape::store {

class Outbox {
 public:
  enum class State : std::uint8_t {
    held,    // not in the log, nor in the working copy
    logged,  // in both
    lost,    // in the working copy; the log had it
    astray,  // another switch has written since: its messages are to be filed again
  };
  struct Row {
    std::uint64_t key = 0;  // 0: new, behind all others
    State state = State::held;
    std::uint64_t sequence = 0;  // its last entry in the log; of one that is not there, where the log ended
    std::int64_t at = 0;         // ms since 1970
    std::string group;           // torntape.store.v1.Group
  };

  using Opened = std::variant<std::unique_ptr<Outbox>, Failure>;
  // Makes the directory where there is none.
  [[nodiscard]] static Opened open(std::filesystem::path const& directory);
  ~Outbox();
  Outbox(Outbox const&) = delete;
  Outbox& operator=(Outbox const&) = delete;

  // On disk when it returns, all or nothing. New rows are given their keys.
  [[nodiscard]] std::optional<Failure> keep(std::span<Row> rows);
  [[nodiscard]] std::optional<Failure> keep(Row& row) { return keep(std::span(&row, 1)); }
  // Forgets rows that are logged and were put before `time`.
  [[nodiscard]] std::optional<Failure> forget_logged(std::int64_t time);
  // Forgets those that are astray.
  [[nodiscard]] std::optional<Failure> forget_astray();

  // In order: all that are not logged, and those that are behind an entry of the log.
  [[nodiscard]] std::variant<std::vector<Row>, Failure> rows(std::uint64_t logged_behind) const;
  // The last that is logged, up to this entry.
  [[nodiscard]] std::optional<Row> last_logged(std::uint64_t up_to) const;
  // All the groups of the log behind this entry are here.
  [[nodiscard]] std::uint64_t complete_from() const;
  // Not so of what was logged up to here.
  [[nodiscard]] std::optional<Failure> begin_at(std::uint64_t sequence);

 private:
  class Files;
  explicit Outbox(std::unique_ptr<Files> files);
  std::unique_ptr<Files> files_;
};

}  // namespace torntape::store
