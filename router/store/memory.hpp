// A store that forgets with the process: for tests, for a demonstration (`--store memory`).
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "router/store/store.hpp"

namespace torntape::store {

class MemoryStore final : public Store {
 public:
  [[nodiscard]] std::optional<Failure> commit(std::span<relay::Record const> records) override;
  [[nodiscard]] std::optional<Failure> replay(
      std::function<void(relay::Record const&)> const& apply) override;
  [[nodiscard]] std::variant<Stored, Missing> message(relay::MessageNumber number) override;
  [[nodiscard]] Settled settled_before(relay::Now time, relay::MessageNumber from, std::size_t most) override;
  [[nodiscard]] Found search(Wanted const& wanted, relay::MessageNumber before, std::size_t most) override;

  // The next `times` commits fail, as on a full disk.
  void fail(std::size_t times);
  [[nodiscard]] std::size_t messages() const;
  // As if the disk had lost the text of a message that is there.
  void damage(relay::MessageNumber number);

 private:
  struct Transmission {
    std::string circuit;
    relay::ChannelNumber number = 0;
    bool sent = false;
  };
  struct Mark {
    std::uint32_t attempts = 0;
    bool settled = false;
    std::optional<Transmission> transmission = {};  // the last
  };
  struct Kept {
    Stored stored;
    bool damaged = false;
    std::vector<Mark> marks;  // by copy; those it has none of are as they were made
  };

  // null where there is no such message
  [[nodiscard]] Mark* mark(relay::CopyId copy);
  void keep(relay::Accepted const& accepted);
  void keep(relay::Handed const& handed);
  void keep(relay::Settled const& settled);
  void keep(relay::Refiled const& refiled);
  void keep(relay::Numbered const& numbered);
  void keep(relay::Transmitted const& transmitted);
  void keep(relay::Recalled const& recalled);
  void keep(relay::Heard const& heard);
  void keep(relay::Closure const& closure);
  void keep(relay::Moved const& moved);
  void keep(relay::Pruned const& pruned);

  mutable std::mutex mutex_;
  std::map<relay::MessageNumber, Kept> messages_;
  std::map<std::string, relay::ChannelNumber> sent_;  // last numbers, by circuit
  std::map<std::string, relay::Heard> heard_;
  std::map<std::string, relay::Closure> closures_;
  std::size_t failures_ = 0;
};

}  // namespace torntape::store
