// The work of `check` that threads share: messages read, checked, and what is said of them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/baseline.hpp"
#include "cli/check_report.hpp"
#include "cli/input.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"

namespace torntape::cli {

// What all threads see and none changes.
struct Plan {
  validator::Options rules;
  std::shared_ptr<directory::Directory const> directory;
  std::function<grammar::Settings(Input const&)> settings;  // how to read an input
  Report const* report = nullptr;
  Baseline const* baseline = nullptr;
  bool keep_messages = false;      // for rules that need more than one
  bool keep_fingerprints = false;  // to write a baseline
};

// A share of the work: small inputs, read where they are checked, or a stretch of a stream.
struct Job {
  std::vector<Input const*> inputs;
  std::string bytes;                                                // whole messages of the only input
  std::vector<std::pair<std::size_t, grammar::Position>> messages;  // where they begin in `bytes`
  grammar::Alphabet alphabet = grammar::Alphabet::text;             // of `bytes`
};

struct KeptMessage {
  std::unique_ptr<std::string> bytes;
  grammar::Message message;
};

// What has been findings in one input, or in a part of it.
struct Part {
  Input const* input = nullptr;
  Piece piece;
  Counts counts;
  std::size_t bytes = 0;
  std::vector<std::pair<std::string, std::string>> fingerprints;  // with the rule
  std::vector<KeptMessage> messages;
  std::optional<std::string> failure;
};

// One thread's.
class Worker {
 public:
  explicit Worker(Plan const& plan) : plan_(plan), checker_(plan.rules, plan.directory) {}

  [[nodiscard]] std::vector<Part> work(Job const& job);
  [[nodiscard]] Tally tally() const;

 private:
  void check(Part& part, grammar::Frame const& frame, grammar::Settings const& settings);
  void keep(Part& part, grammar::Frame const& frame, grammar::Settings const& settings);

  Plan const& plan_;
  grammar::Parser parser_;
  validator::Checker checker_;
  Tally tally_;
};

// What is not in the baseline; the fingerprints of the rest with it.
void leave_out_known(Baseline const& baseline, std::vector<grammar::Diagnostic>& findings,
                     std::vector<std::string>& fingerprints, Counts& counts);

}  // namespace torntape::cli
