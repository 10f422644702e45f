#include "cli/rule_words.hpp"

#include <vector>

#include "cli/nearest.hpp"
#include "validator/checker.hpp"

namespace torntape::cli {

std::optional<std::string> no_such_rule(std::string const& word) {
  if (validator::unknown_rules({{word}, {}, {}}).empty()) return std::nullopt;
  std::vector<std::string> known;
  for (auto const& rule : validator::rules()) {
    known.emplace_back(rule.id);
    known.emplace_back(rule.name);
  }
  return "no rule or family '" + word + '\'' + did_you_mean(nearest(word, known));
}

}  // namespace torntape::cli
