#include "router/relay/repeats.hpp"

#include <functional>
#include <string>

namespace torntape::relay {

namespace {

std::uint64_t hash_of(std::string_view identity, std::string_view called) {
  std::string both(identity);
  both.append("/").append(called);
  return std::hash<std::string>{}(both);
}

}  // namespace

void Repeats::add(std::string_view identity, std::string_view called) {
  if (identity.empty()) return;
  auto const hash = hash_of(identity, called);
  if (!known_.insert(hash).second) return;
  in_order_.push_back(hash);
  if (in_order_.size() <= most_) return;
  known_.erase(in_order_.front());
  in_order_.pop_front();
}

bool Repeats::knows(std::string_view identity, std::string_view called) const {
  return !identity.empty() && known_.contains(hash_of(identity, called));
}

}  // namespace torntape::relay
