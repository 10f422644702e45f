// Reads a log (store/engine.hpp) into a working copy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "router/store/engine.hpp"
#include "router/store/group.hpp"
#include "router/store/lmdb.hpp"

namespace torntape::store {

// Entries of a log as bytes: torntape.store.v1.LogEntry.
[[nodiscard]] std::string begin_entry(std::string const& writer);
// A group, in as many entries of `most` bytes as it takes.
[[nodiscard]] std::vector<std::string> entries_of(std::string_view group, std::size_t most);

// Puts groups together from entries, one after another.
class Assembler {
 public:
  struct Nothing {};  // the group goes on, or a writer begins
  using Taken = std::variant<Nothing, Group, Failure>;
  [[nodiscard]] Taken take(std::string_view entry);
  [[nodiscard]] bool within_group() const { return !parts_.empty(); }

 private:
  std::string parts_;
};

// One thread.
class LogCopy {
 public:
  LogCopy(Engine& engine, LmdbStore& copy) : engine_(engine), copy_(copy) {}

  // Reads up to where the log ends now, and tells how it is. Where the copy is too old, because the log
  // begins later, it is made anew.
  [[nodiscard]] std::variant<Engine::LogState, Failure> catch_up();
  void stop_reading();

 private:
  [[nodiscard]] std::variant<Place, Failure> begin(Engine::LogState const& log);
  [[nodiscard]] std::optional<Failure> read_up_to(std::uint64_t last);
  [[nodiscard]] std::optional<Failure> take(Engine::Entry const& entry);
  [[nodiscard]] std::optional<Failure> keep();

  Engine& engine_;
  LmdbStore& copy_;
  Place place_;
  std::uint64_t next_ = 0;  // what comes next of what is being read; 0: nothing is
  Assembler assembler_;
  std::vector<Group> read_;  // and not yet in the copy
  std::size_t read_bytes_ = 0;
  std::uint64_t read_to_ = 0;
};

}  // namespace torntape::store
