// What `check` prints, in each of its formats.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/message.hpp"

namespace torntape::cli {

enum class ReportFormat : unsigned char { text, json, jsonl };

// "1 message", "2 messages".
[[nodiscard]] std::string counted(std::size_t number, std::string_view noun);

struct Counts {
  std::size_t messages = 0, errors = 0, warnings = 0, notes = 0;

  void add(grammar::Severity severity);
  // Findings of the severity or above; of none where it is `off`.
  [[nodiscard]] bool any(grammar::Severity severity) const;
  // "1 message, 0 errors, 0 warnings, 5 notes".
  [[nodiscard]] std::string in_words() const;
};

class Report {
 public:
  using Diagnostics = std::vector<grammar::Diagnostic>;

  explicit Report(Output& output) : output_(output) {}
  Report(Report const&) = delete;
  Report& operator=(Report const&) = delete;
  virtual ~Report() = default;

  virtual void begin() {}
  virtual void end() {}
  // False where nothing more can be written.
  bool message(std::string_view source, grammar::Message const& message, Diagnostics const& diagnostics);
  [[nodiscard]] Counts const& counts() const { return counts_; }

 protected:
  virtual bool finding(std::string_view source, grammar::Message const& message,
                       grammar::Diagnostic const& diagnostic) = 0;
  bool write(std::string_view text) { return output_.write(text); }

 private:
  Output& output_;
  Counts counts_;
};

// With `statistics`, how often each rule was broken in place of the findings.
[[nodiscard]] std::unique_ptr<Report> make_report(Output& output, ReportFormat format, bool statistics,
                                                  Context const& context);

}  // namespace torntape::cli
