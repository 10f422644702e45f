// What `check` prints, in each of its formats.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "grammar/diagnostic.hpp"
#include "validator/checker.hpp"
#include "validator/reports/text.hpp"

namespace torntape::cli {

enum class ReportFormat : unsigned char { text, json, jsonl, sarif, junit, html };

// "1 message", "2 messages".
[[nodiscard]] std::string counted(std::size_t number, std::string_view noun);

struct Counts {
  std::size_t messages = 0, errors = 0, warnings = 0, notes = 0;
  std::size_t suppressed = 0;  // by the baseline
  std::size_t unreadable = 0;  // inputs

  void add(grammar::Severity severity);
  Counts& operator+=(Counts const& other);
  // Findings of the severity or above; of none where it is `off`.
  [[nodiscard]] bool any(grammar::Severity severity) const;
  // "1 message, 0 errors, 0 warnings, 5 notes".
  [[nodiscard]] std::string in_words() const;
};

// Sums over all messages, in whatever order.
struct Tally {
  struct Rule {
    std::string_view id;
    grammar::Severity severity;
    std::string_view name;
    auto operator<=>(Rule const&) const = default;
  };
  std::map<Rule, std::size_t> broken;
  std::map<std::pair<grammar::Profile, grammar::CopyKind>, std::size_t> kinds;
  validator::Exercise exercise;

  void add(grammar::Diagnostic const& finding) { ++broken[{finding.rule, finding.severity, finding.name}]; }
  Tally& operator+=(Tally const& other);
};

// What is said of some messages of one input.
struct Piece {
  std::string_view source;
  std::string text;
  std::size_t cases = 0, failed_cases = 0;  // of JUnit
  bool of_set = false;                      // what only several messages together have shown
};

class Report {
 public:
  using Diagnostics = std::vector<grammar::Diagnostic>;
  using Source = validator::reports::Source;

  explicit Report(Output& output) : output_(output) {}
  Report(Report const&) = delete;
  Report& operator=(Report const&) = delete;
  virtual ~Report() = default;

  virtual void begin() {}
  // Adds what is said of one message, of which nothing else need be known. Called on any thread.
  virtual void say(Piece& piece, Source const& source, Diagnostics const& findings,
                   std::vector<std::string> const& fingerprints) const = 0;
  // In order. False where nothing more can be written.
  virtual bool take(Piece const& piece) { return write(piece.text); }
  virtual void end(Counts const& counts, Tally const& tally) {
    static_cast<void>(counts);
    static_cast<void>(tally);
  }
  [[nodiscard]] virtual bool wants_fingerprints() const { return false; }

 protected:
  bool write(std::string_view text) { return output_.write(text); }

 private:
  Output& output_;
};

struct ReportOptions {
  ReportFormat format = ReportFormat::text;
  bool statistics = false;  // how often each rule was broken, in place of the findings
  bool acceptance = false;  // the report to hand in, in their place
  grammar::Severity fail_on = grammar::Severity::error;
  std::string title;  // what is checked
};
[[nodiscard]] std::unique_ptr<Report> make_report(Output& output, ReportOptions const& options,
                                                  Context const& context);

}  // namespace torntape::cli
