// Which indicators a message was taken for already, by its identity, and over which circuit (RT-30, RT-33,
// RT-62). The last million are remembered, by hashes of 64 bits: enough for weeks of a busy relay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

namespace torntape::relay {

class Repeats {
 public:
  explicit Repeats(std::size_t most = 1'000'000) : most_(most) {}

  // The first time counts. `circuit` is empty where it was filed.
  void add(std::string_view identity, std::string_view called, std::string_view circuit);
  void forget(std::string_view identity, std::string_view called);
  // The circuit over which it came first; none where it did not come.
  [[nodiscard]] std::optional<std::string_view> came_over(std::string_view identity,
                                                          std::string_view called) const;

 private:
  std::size_t most_;
  std::vector<std::string> circuits_{""};
  boost::unordered_flat_map<std::uint64_t, std::uint16_t> known_;  // by index into `circuits_`
  std::deque<std::uint64_t> in_order_;
};

}  // namespace torntape::relay
