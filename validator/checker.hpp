// Checks messages against the rules.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "validator/findings.hpp"
#include "validator/rule.hpp"

namespace torntape::validator {

struct Options {
  std::vector<std::string> select;         // ids, names or families ("FL2"); empty: all
  std::vector<std::string> extend_select;  // rules that are off by default
  std::vector<std::string> ignore;
};

// A word of `select` or `ignore` that names no rule and no family.
[[nodiscard]] std::vector<std::string> unknown_rules(Options const& options);

// Not shared between threads; cheap to make one per thread. The table of rules is filtered once per
// profile, copy kind and archive flag.
class Checker {
 public:
  explicit Checker(Options options = {}, std::shared_ptr<directory::Directory const> directory = {});

  // In order of place; of several findings with one cause only the cause is reported. Valid until the
  // next call.
  [[nodiscard]] std::vector<grammar::Diagnostic> const& check(Message const& message);

 private:
  struct Applied {
    Rule const* rule;
    Severity severity;
  };
  using Table = std::vector<Applied>;
  [[nodiscard]] Table const& table(Site const& site);

  Options options_;
  std::shared_ptr<directory::Directory const> directory_;
  std::map<unsigned, Table> tables_;
  Findings findings_;
};

}  // namespace torntape::validator
