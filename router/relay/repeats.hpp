// Which indicators a message was taken for already, by its identity (RT-30, RT-33, RT-62). The last million
// are remembered, by hashes of 64 bits: enough for weeks of a busy relay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>

#include <boost/unordered/unordered_flat_set.hpp>

namespace torntape::relay {

class Repeats {
 public:
  explicit Repeats(std::size_t most = 1'000'000) : most_(most) {}

  void add(std::string_view identity, std::string_view called);
  [[nodiscard]] bool knows(std::string_view identity, std::string_view called) const;

 private:
  std::size_t most_;
  boost::unordered_flat_set<std::uint64_t> known_;
  std::deque<std::uint64_t> in_order_;
};

}  // namespace torntape::relay
