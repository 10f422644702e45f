#include "router/service/subscription.hpp"

#include <algorithm>

namespace torntape::service {

std::uint32_t Subscription::wanted(Time now) {
  std::erase_if(out_, [now](auto const& out) { return out.second <= now; });
  auto const out = static_cast<std::uint32_t>(out_.size());
  return credit_ > out ? credit_ - out : 0;
}

std::optional<Subscription::Time> Subscription::next_end() const {
  if (out_.empty()) return std::nullopt;
  return std::ranges::min_element(out_, {}, [](auto const& out) { return out.second; })->second;
}

void Subscription::sent(std::span<relay::CopyId const> copies, Time now) {
  for (auto const& copy : copies) out_.insert_or_assign(copy, now + lease_);
}

bool Subscription::back(std::span<relay::CopyId const> copies) {
  bool any = false;
  for (auto const& copy : copies) any = out_.erase(copy) != 0 || any;
  return any;
}

}  // namespace torntape::service
