// Readers that asked for copies of a queue where none waited, in the order in which they asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/multi_index/composite_key.hpp>
#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/mem_fun.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>

#include "router/relay/event.hpp"

namespace torntape::relay {

class Questions {
 public:
  using Id = std::uint64_t;

  void keep(Asked const& asked, Now ends);
  [[nodiscard]] std::size_t size() const { return questions_.size(); }
  [[nodiscard]] bool any(std::string_view queue) const {
    return questions_.get<ByQueue>().find(queue) != questions_.get<ByQueue>().end();
  }
  [[nodiscard]] std::vector<Id> of(std::string_view queue) const;
  [[nodiscard]] Asked const& at(Id id) const { return questions_.find(id)->asked; }
  void drop(Id id);
  void drop_of_reader(ReaderId reader);
  // Drops those whose wait is over.
  [[nodiscard]] std::vector<Asked> take_over(Now now);
  [[nodiscard]] std::optional<Now> first_end() const;

 private:
  struct Question {
    Id id = 0;
    Asked asked;
    Now ends{};

    [[nodiscard]] std::string_view queue() const { return asked.queue; }
    [[nodiscard]] ReaderId reader() const { return asked.reader; }
  };
  // Ids rise with time: those of one queue come in the order in which they were asked.
  struct ById {};
  struct ByQueue {};
  struct ByEnd {};
  struct ByReader {};
  using Index = boost::multi_index_container<
      Question,
      boost::multi_index::indexed_by<
          boost::multi_index::hashed_unique<boost::multi_index::tag<ById>,
                                            boost::multi_index::member<Question, Id, &Question::id>>,
          boost::multi_index::ordered_unique<
              boost::multi_index::tag<ByQueue>,
              boost::multi_index::composite_key<
                  Question, boost::multi_index::const_mem_fun<Question, std::string_view, &Question::queue>,
                  boost::multi_index::member<Question, Id, &Question::id>>>,
          boost::multi_index::ordered_unique<
              boost::multi_index::tag<ByEnd>,
              boost::multi_index::composite_key<Question,
                                                boost::multi_index::member<Question, Now, &Question::ends>,
                                                boost::multi_index::member<Question, Id, &Question::id>>>,
          boost::multi_index::ordered_unique<
              boost::multi_index::tag<ByReader>,
              boost::multi_index::composite_key<
                  Question, boost::multi_index::const_mem_fun<Question, ReaderId, &Question::reader>,
                  boost::multi_index::member<Question, Id, &Question::id>>>>>;

  Id next_ = 1;
  Index questions_;
};

}  // namespace torntape::relay
