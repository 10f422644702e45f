#include "router/relay/leases.hpp"

#include <utility>

namespace torntape::relay {

void Leases::grant(ReaderId reader, Now ends, std::vector<HandedCopy> const& copies) {
  if (copies.empty()) return;
  auto const id = next_++;
  Lease lease{reader, ends, {}, copies.size()};
  lease.copies.reserve(copies.size());
  for (auto const& copy : copies) {
    lease.copies.push_back(copy.id);
    lease_of_[key_of(copy.id)] = id;
  }
  leases_.emplace(id, std::move(lease));
  by_end_.emplace(ends, id);
  by_reader_.emplace(reader, id);
}

void Leases::end(CopyId copy) {
  auto const found = lease_of_.find(key_of(copy));
  if (found == lease_of_.end()) return;
  auto const id = found->second;
  lease_of_.erase(found);
  if (--leases_.find(id)->second.open == 0) forget(id);
}

std::vector<CopyId> Leases::end_over(Now now) {
  std::vector<CopyId> copies;
  while (!by_end_.empty() && by_end_.begin()->first <= now) end_lease(by_end_.begin()->second, copies);
  return copies;
}

std::vector<CopyId> Leases::end_of_reader(ReaderId reader) {
  std::vector<CopyId> copies;
  for (auto next = by_reader_.lower_bound({reader, 0}); next != by_reader_.end() && next->first == reader;
       next = by_reader_.lower_bound({reader, 0}))
    end_lease(next->second, copies);
  return copies;
}

std::optional<Now> Leases::first_end() const {
  return by_end_.empty() ? std::nullopt : std::optional(by_end_.begin()->first);
}

// Copies of the lease may be settled by now, or out again under another one.
void Leases::end_lease(LeaseId id, std::vector<CopyId>& copies) {
  for (auto const copy : leases_.find(id)->second.copies) {
    auto const found = lease_of_.find(key_of(copy));
    if (found == lease_of_.end() || found->second != id) continue;
    lease_of_.erase(found);
    copies.push_back(copy);
  }
  forget(id);
}

void Leases::forget(LeaseId id) {
  auto const found = leases_.find(id);
  by_end_.erase({found->second.ends, id});
  by_reader_.erase({found->second.reader, id});
  leases_.erase(found);
}

}  // namespace torntape::relay
