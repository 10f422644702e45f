#include "router/relay/leases.hpp"

#include <utility>

namespace torntape::relay {

void Leases::grant(ReaderId reader, Now ends, std::vector<HandedCopy> const& copies) {
  if (copies.empty()) return;
  Lease lease{next_++, reader, ends, {}, copies.size()};
  lease.copies.reserve(copies.size());
  for (auto const& copy : copies) {
    lease.copies.push_back(copy.id);
    lease_of_[key_of(copy.id)] = lease.id;
  }
  leases_.insert(std::move(lease));
}

void Leases::end(CopyId copy) {
  auto const found = lease_of_.find(key_of(copy));
  if (found == lease_of_.end()) return;
  auto const lease = leases_.find(found->second);
  lease_of_.erase(found);
  if (--lease->open == 0) leases_.erase(lease);
}

std::vector<CopyId> Leases::end_over(Now now) {
  std::vector<CopyId> copies;
  auto& ends = leases_.get<ByEnd>();
  while (!ends.empty() && ends.begin()->ends <= now) {
    end_lease(*ends.begin(), copies);
    ends.erase(ends.begin());
  }
  return copies;
}

std::vector<CopyId> Leases::end_of_reader(ReaderId reader) {
  std::vector<CopyId> copies;
  auto& readers = leases_.get<ByReader>();
  auto const [begin, end] = readers.equal_range(reader);
  for (auto lease = begin; lease != end; ++lease) end_lease(*lease, copies);
  readers.erase(begin, end);
  return copies;
}

std::optional<Now> Leases::first_end() const {
  auto const& ends = leases_.get<ByEnd>();
  return ends.empty() ? std::nullopt : std::optional(ends.begin()->ends);
}

void Leases::end_lease(Lease const& lease, std::vector<CopyId>& copies) {
  for (auto const copy : lease.copies) {
    auto const found = lease_of_.find(key_of(copy));
    if (found == lease_of_.end() || found->second != lease.id) continue;
    lease_of_.erase(found);
    copies.push_back(copy);
  }
}

}  // namespace torntape::relay
