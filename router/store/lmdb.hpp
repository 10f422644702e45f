// The store of a switch that is to survive: LMDB, one directory, one process.
//
// Envelopes and texts are kept apart under the message number; what happens to a copy afterwards is a
// mark of four bytes. A group of records is one transaction, on disk when `commit` returns. Every record
// carries a CRC-32. At start the form of every page is looked over, and every envelope and mark is read; a
// text is checked when it is read.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "router/store/group.hpp"
#include "router/store/store.hpp"

namespace torntape::store {

struct LmdbOptions {
  std::size_t map_size = std::size_t{64} << 30U;  // the most it may grow to; address space, not disk
  bool make = true;                               // where there is none
  enum class Kind : std::uint8_t { own, of_log, either };
  Kind kind = Kind::own;  // a store of its own, or the working copy of a log (store/nats.hpp)
};

// How far a working copy holds its log.
struct Place {
  std::string log;  // which; another log of the same name is not this one
  std::uint64_t sequence = 0;
};

class LmdbStore final : public Store {
 public:
  using Opened = std::variant<std::unique_ptr<LmdbStore>, Failure>;

  // Makes the directory, for its owner only, where there is none. Fails where the directory holds
  // something else, the store is of a newer format, damaged, or open already.
  [[nodiscard]] static Opened open(std::filesystem::path const& directory, LmdbOptions options = {});
  ~LmdbStore() override;

  [[nodiscard]] std::optional<Failure> commit(std::span<relay::Record const> records) override;
  [[nodiscard]] std::optional<Failure> replay(
      std::function<void(relay::Record const&)> const& apply) override;
  [[nodiscard]] std::variant<Stored, Missing> message(relay::MessageNumber number) override;
  [[nodiscard]] Settled settled_before(relay::Now time, relay::MessageNumber from, std::size_t most) override;
  [[nodiscard]] Found search(Wanted const& wanted, relay::MessageNumber before, std::size_t most) override;
  bool index(std::size_t behind) override;

  // The working copy of a log (store/nats.hpp). The place goes with what was read up to there, all or
  // nothing. What is told of a message that is not here is left out: the log tells of it again later, or it
  // is forgotten.
  [[nodiscard]] std::optional<Failure> follow(std::span<Group const> groups, Place const& place);
  [[nodiscard]] std::optional<Failure> follow(std::span<relay::Record const> group, bool told_again,
                                              Place const& place);
  [[nodiscard]] std::optional<Place> place() const;  // none: it is no working copy
  [[nodiscard]] std::optional<Failure> clear();      // forgets all, and the place
  [[nodiscard]] std::optional<Failure> leave_log();  // becomes a store of its own
  // All that is to be told of a message, the text apart, and of the channels.
  [[nodiscard]] bool knows(relay::MessageNumber number) const;
  [[nodiscard]] std::vector<relay::Record> records_of(relay::MessageNumber number) const;
  [[nodiscard]] std::vector<relay::Record> channels() const;
  [[nodiscard]] std::uint64_t bytes_kept() const;  // about

  // Writes the store anew without the room that forgotten messages have left. A crash leaves the old file or
  // the new one. Nobody may use the store meanwhile.
  [[nodiscard]] static std::optional<Failure> compact(std::filesystem::path const& directory);

 private:
  class Files;
  explicit LmdbStore(std::unique_ptr<Files> files);
  [[nodiscard]] std::optional<Failure> of_another_kind(LmdbOptions::Kind wanted) const;

  std::unique_ptr<Files> files_;
};

}  // namespace torntape::store
