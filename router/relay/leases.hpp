// Which copies are handed out, to whom and until when. Copies handed out together share a lease.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "router/relay/event.hpp"

namespace torntape::relay {

class Leases {
 public:
  void grant(ReaderId reader, Now ends, std::vector<HandedCopy> const& copies);
  // The copy is settled or given back.
  void end(CopyId copy);
  // Ends those that are over, and says which copies were under them.
  [[nodiscard]] std::vector<CopyId> end_over(Now now);
  [[nodiscard]] std::vector<CopyId> end_of_reader(ReaderId reader);

  [[nodiscard]] std::optional<Now> first_end() const;
  template <class Visit>
  void for_each_copy(Visit const& visit) const {
    for (auto const& [key, lease] : lease_of_) visit(id_of(key));
  }

 private:
  using Key = std::uint64_t;  // message number << 16 | copy
  using LeaseId = std::uint64_t;
  struct Lease {
    ReaderId reader = 0;
    Now ends{};
    std::vector<CopyId> copies;
    std::size_t open = 0;  // of them, still under this lease
  };

  [[nodiscard]] static Key key_of(CopyId id) { return id.message << 16U | id.copy; }
  [[nodiscard]] static CopyId id_of(Key key) {
    return {key >> 16U, static_cast<std::uint16_t>(key & 0xFFFFU)};
  }
  void end_lease(LeaseId id, std::vector<CopyId>& copies);
  void forget(LeaseId id);

  LeaseId next_ = 1;
  boost::unordered_flat_map<LeaseId, Lease> leases_;
  boost::unordered_flat_map<Key, LeaseId> lease_of_;
  std::set<std::pair<Now, LeaseId>> by_end_;
  std::set<std::pair<ReaderId, LeaseId>> by_reader_;
};

}  // namespace torntape::relay
