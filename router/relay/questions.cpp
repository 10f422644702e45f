#include "router/relay/questions.hpp"

namespace torntape::relay {

void Questions::keep(Asked const& asked, Now ends) {
  auto const id = next_++;
  questions_.emplace(id, Question{asked, ends});
  by_queue_[asked.queue].insert(id);
  by_end_.emplace(ends, id);
  by_reader_.emplace(asked.reader, id);
}

std::vector<Questions::Id> Questions::of(std::string_view queue) const {
  auto const found = by_queue_.find(queue);
  if (found == by_queue_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

void Questions::drop(Id id) {
  auto const found = questions_.find(id);
  auto const& question = found->second;
  auto const queue = by_queue_.find(question.asked.queue);
  queue->second.erase(id);
  if (queue->second.empty()) by_queue_.erase(queue);
  by_end_.erase({question.ends, id});
  by_reader_.erase({question.asked.reader, id});
  questions_.erase(found);
}

void Questions::drop_of_reader(ReaderId reader) {
  for (auto next = by_reader_.lower_bound({reader, 0}); next != by_reader_.end() && next->first == reader;
       next = by_reader_.lower_bound({reader, 0}))
    drop(next->second);
}

std::vector<Asked> Questions::take_over(Now now) {
  std::vector<Asked> over;
  while (!by_end_.empty() && by_end_.begin()->first <= now) {
    auto const id = by_end_.begin()->second;
    over.push_back(at(id));
    drop(id);
  }
  return over;
}

std::optional<Now> Questions::first_end() const {
  return by_end_.empty() ? std::nullopt : std::optional(by_end_.begin()->first);
}

}  // namespace torntape::relay
