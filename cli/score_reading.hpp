// What `score` reads: label files, and what somebody reported, in one of the forms that systems write.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "traffic/score/score.hpp"

namespace torntape::cli {

struct LabelsRead {
  std::vector<score::Label> labels;
  std::vector<std::string> errors;  // "labels.jsonl:3: ..."
};
[[nodiscard]] LabelsRead read_labels(std::string_view text, std::string const& name);

// Names of others by ours: two words a line, "#" begins a remark.
struct RuleMap {
  std::map<std::string, std::string> ours;
  std::vector<std::string> errors;
};
[[nodiscard]] RuleMap read_rule_map(std::string_view text, std::string const& name);

struct ReportsRead {
  std::vector<score::Report> reports;  // under our ids where they are known by one, or by the map
  std::vector<std::string> unknown;    // other names, once each
  std::vector<std::string> errors;
};
// SARIF 2.1.0; `check --format json` and `jsonl`; objects of {message, rule, line, offset, length}, one a
// line or in an array; or CSV with a line of these names at its head. What is below `least` is left out,
// where a severity is told.
[[nodiscard]] ReportsRead read_reports(std::string_view text, std::string const& name, RuleMap const& map,
                                       grammar::Severity least);

}  // namespace torntape::cli
