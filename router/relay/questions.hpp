// Readers that asked for copies of a queue where none waited, in the order in which they asked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "router/relay/event.hpp"

namespace torntape::relay {

class Questions {
 public:
  using Id = std::uint64_t;

  void keep(Asked const& asked, Now ends);
  [[nodiscard]] std::size_t size() const { return questions_.size(); }
  [[nodiscard]] bool any(std::string_view queue) const { return by_queue_.contains(queue); }
  [[nodiscard]] std::vector<Id> of(std::string_view queue) const;
  [[nodiscard]] Asked const& at(Id id) const { return questions_.find(id)->second.asked; }
  void drop(Id id);
  void drop_of_reader(ReaderId reader);
  // Drops those whose wait is over.
  [[nodiscard]] std::vector<Asked> take_over(Now now);
  [[nodiscard]] std::optional<Now> first_end() const;

 private:
  struct Question {
    Asked asked;
    Now ends{};
  };

  Id next_ = 1;
  std::unordered_map<Id, Question> questions_;
  std::map<std::string, std::set<Id>, std::less<>> by_queue_;  // no entry without a question
  std::set<std::pair<Now, Id>> by_end_;
  std::set<std::pair<ReaderId, Id>> by_reader_;
};

}  // namespace torntape::relay
