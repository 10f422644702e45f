// Which copies are handed out, to whom and until when. Copies handed out together share a lease.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <boost/multi_index/composite_key.hpp>
#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>
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
    LeaseId id = 0;
    ReaderId reader = 0;
    Now ends{};
    std::vector<CopyId> copies;
    mutable std::size_t open = 0;  // of them, still under this lease; no key
  };
  struct ByEnd {};
  struct ByReader {};
  using Index = boost::multi_index_container<
      Lease,
      boost::multi_index::indexed_by<
          boost::multi_index::hashed_unique<boost::multi_index::member<Lease, LeaseId, &Lease::id>>,
          boost::multi_index::ordered_unique<
              boost::multi_index::tag<ByEnd>,
              boost::multi_index::composite_key<Lease, boost::multi_index::member<Lease, Now, &Lease::ends>,
                                                boost::multi_index::member<Lease, LeaseId, &Lease::id>>>,
          boost::multi_index::ordered_unique<
              boost::multi_index::tag<ByReader>,
              boost::multi_index::composite_key<Lease,
                                                boost::multi_index::member<Lease, ReaderId, &Lease::reader>,
                                                boost::multi_index::member<Lease, LeaseId, &Lease::id>>>>>;

  [[nodiscard]] static Key key_of(CopyId id) { return id.message << 16U | id.copy; }
  [[nodiscard]] static CopyId id_of(Key key) {
    return {key >> 16U, static_cast<std::uint16_t>(key & 0xFFFFU)};
  }
  // Its copies may be settled by now, or out again under another one.
  void end_lease(Lease const& lease, std::vector<CopyId>& copies);

  LeaseId next_ = 1;
  Index leases_;
  boost::unordered_flat_map<Key, LeaseId> lease_of_;
};

}  // namespace torntape::relay
