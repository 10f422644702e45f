// A memory of at most so many things: of more, the oldest are forgotten.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>
#include <utility>

namespace torntape::validator {

// Messages, addressees or posts that a rule remembers at once; docs/rules says so where it matters.
inline constexpr std::size_t most_remembered = 100'000;

template <class Value>
class Bounded {
 public:
  explicit Bounded(std::size_t most = most_remembered) : most_(most) {}

  // Null where it is not known, or no longer.
  [[nodiscard]] Value* find(std::string const& key) {
    auto const at = values_.find(key);
    return at == values_.end() ? nullptr : &at->second;
  }
  void put(std::string const& key, Value value) {
    if (values_.insert_or_assign(key, std::move(value)).second) order_.push_back(key);
    while (order_.size() > most_) {
      values_.erase(order_.front());
      order_.pop_front();
    }
  }
  void forget(std::string const& key) {
    values_.erase(key);
    // An order that holds mostly what is gone is made anew.
    if (order_.size() > 64 && order_.size() > values_.size() * 2)
      std::erase_if(order_, [&](std::string const& each) { return !values_.contains(each); });
  }
  // In the order in which they came.
  template <class Visit>
  void each(Visit visit) {
    for (auto const& key : order_)
      if (auto const at = values_.find(key); at != values_.end()) visit(at->second);
  }

 private:
  std::size_t most_;
  std::unordered_map<std::string, Value> values_;
  std::deque<std::string> order_;
};

// A key of several parts that cannot be mistaken for one of others.
template <class... Parts>
[[nodiscard]] std::string key_of(Parts const&... parts) {
  std::string key;
  ((key.append(parts), key += '\n'), ...);
  return key;
}

}  // namespace torntape::validator
