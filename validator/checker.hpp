// Checks messages against the rules.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "validator/findings.hpp"
#include "validator/rule.hpp"

namespace torntape::validator {

struct Options {
  std::vector<std::string> select;         // ids, names or families ("FL2"); empty: all
  std::vector<std::string> extend_select;  // rules that are off by default
  std::vector<std::string> ignore;
  // In place of the severities of the profile, by id, name or family; later ones outrank earlier ones.
  std::vector<std::pair<std::string, Severity>> severities = {};
};

// A word of these lists that names no rule and no family.
[[nodiscard]] std::vector<std::string> unknown_rules(Options const& options);

// The severity of a rule for the copy at hand, under the user's options.
[[nodiscard]] Severity severity_under(Options const& options, Rule const& rule, Site const& site);

// For how many messages a rule was in force, by id.
using Exercise = std::map<std::string_view, std::size_t>;

// Not shared between threads; cheap to make one per thread. The table of rules is filtered once per
// profile, copy kind and archive flag.
class Checker {
 public:
  explicit Checker(Options options = {}, std::shared_ptr<directory::Directory const> directory = {});

  // In order of place; of several findings with one cause only the cause is reported. Valid until the
  // next call.
  [[nodiscard]] std::vector<grammar::Diagnostic> const& check(Message const& message);

  [[nodiscard]] Exercise exercise() const;

 private:
  struct Applied {
    Rule const* rule;
    Severity severity;
  };
  // Positions in Table::rules, a bit each.
  using Positions = std::array<std::uint64_t, 4>;
  struct Table {
    std::vector<Applied> rules;
    Positions always{};                                                            // called by every message
    std::array<Positions, static_cast<std::size_t>(Feature::count_)> called_by{};  // by a feature
    std::size_t messages = 0;
    void add(Applied applied, bool by_every_message);
    // The rules that a message of these features calls.
    [[nodiscard]] Positions called(Features features) const;
  };
  [[nodiscard]] Table& table(Site const& site);

  Options options_;
  std::shared_ptr<directory::Directory const> directory_;
  std::map<unsigned, Table> tables_;
  Findings findings_;
};

}  // namespace torntape::validator
