#include "router/relay/questions.hpp"

namespace torntape::relay {

void Questions::keep(Asked const& asked, Now ends) { questions_.insert({next_++, asked, ends}); }

std::vector<Questions::Id> Questions::of(std::string_view queue) const {
  std::vector<Id> ids;
  auto const [begin, end] = questions_.get<ByQueue>().equal_range(queue);
  for (auto question = begin; question != end; ++question) ids.push_back(question->id);
  return ids;
}

void Questions::drop(Id id) { questions_.erase(id); }

void Questions::drop_of_reader(ReaderId reader) {
  auto& readers = questions_.get<ByReader>();
  auto const [begin, end] = readers.equal_range(reader);
  readers.erase(begin, end);
}

std::vector<Asked> Questions::take_over(Now now) {
  std::vector<Asked> over;
  auto& ends = questions_.get<ByEnd>();
  while (!ends.empty() && ends.begin()->ends <= now) {
    over.push_back(ends.begin()->asked);
    ends.erase(ends.begin());
  }
  return over;
}

std::optional<Now> Questions::first_end() const {
  auto const& ends = questions_.get<ByEnd>();
  return ends.empty() ? std::nullopt : std::optional(ends.begin()->ends);
}

}  // namespace torntape::relay
