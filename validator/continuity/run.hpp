// Messages one after another, being edited: what the mutation of a rule about several messages works on.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "validator/draft.hpp"

namespace torntape::validator {

class Run {
 public:
  explicit Run(std::string_view stream, grammar::Settings settings = {});

  [[nodiscard]] std::size_t size() const { return drafts_.size(); }
  [[nodiscard]] Draft& operator[](std::size_t index) { return *drafts_[index]; }
  [[nodiscard]] std::string text() const;

  // A copy of the last message after it, under the next number of its channel.
  Draft& repeat_last();
  // The channel numbers from this message on, each that much greater; false where the series would end.
  bool renumber(std::size_t from, int by);

 private:
  void add(std::string_view message);

  grammar::Settings settings_;
  std::vector<std::unique_ptr<Draft>> drafts_;
};

// Good traffic of one channel: a message in two sections, then two more of the same originator to the same
// addressee. Empty where there is none of the profile: `state` and `acp127` have it.
[[nodiscard]] std::string sample_run(grammar::Profile profile);

}  // namespace torntape::validator
