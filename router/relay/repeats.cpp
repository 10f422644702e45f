#include "router/relay/repeats.hpp"

#include <algorithm>
#include <bit>
#include <functional>

namespace torntape::relay {

namespace {

std::uint64_t hash_of(std::string_view identity, std::string_view called) {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15U;
  std::hash<std::string_view> const hash;
  return std::rotl(hash(identity) * odd, 31) ^ hash(called);
}

}  // namespace

void Repeats::add(std::string_view identity, std::string_view called, std::string_view circuit) {
  if (identity.empty()) return;
  auto const hash = hash_of(identity, called);
  auto const place = std::ranges::find(circuits_, circuit) - circuits_.begin();
  if (!known_.try_emplace(hash, static_cast<std::uint16_t>(place)).second) return;
  if (static_cast<std::size_t>(place) == circuits_.size()) circuits_.emplace_back(circuit);
  in_order_.push_back(hash);
  if (in_order_.size() <= most_) return;
  known_.erase(in_order_.front());
  in_order_.pop_front();
}

void Repeats::forget(std::string_view identity, std::string_view called) {
  if (identity.empty()) return;
  known_.erase(hash_of(identity, called));
  while (!in_order_.empty() && !known_.contains(in_order_.front())) in_order_.pop_front();
}

std::optional<std::string_view> Repeats::came_over(std::string_view identity, std::string_view called) const {
  if (identity.empty()) return std::nullopt;
  auto const found = known_.find(hash_of(identity, called));
  return found == known_.end() ? std::nullopt : std::optional<std::string_view>(circuits_[found->second]);
}

}  // namespace torntape::relay
