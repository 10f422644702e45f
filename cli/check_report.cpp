#include "cli/check_report.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <torntape/v1/report.pb.h>

#include "cli/terminal.hpp"
#include "validator/reports/acceptance.hpp"
#include "validator/reports/junit.hpp"
#include "validator/reports/sarif.hpp"
#include "validator/reports/text.hpp"
#include "wire/diagnostic.hpp"
#include "wire/json.hpp"

namespace torntape::cli {

using grammar::Diagnostic;
using grammar::Severity;

std::string counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

void Counts::add(Severity severity) {
  if (severity == Severity::error)
    ++errors;
  else if (severity == Severity::warning)
    ++warnings;
  else
    ++notes;
}

bool Counts::any(Severity severity) const {
  switch (severity) {
    case Severity::error:
      return errors != 0;
    case Severity::warning:
      return errors + warnings != 0;
    case Severity::info:
      return errors + warnings + notes != 0;
    case Severity::off:
      break;
  }
  return false;
}

Counts& Counts::operator+=(Counts const& other) {
  messages += other.messages;
  errors += other.errors;
  warnings += other.warnings;
  notes += other.notes;
  suppressed += other.suppressed;
  unreadable += other.unreadable;
  return *this;
}

std::string Counts::in_words() const {
  auto words = counted(messages, "message") + ", " + counted(errors, "error") + ", " +
               counted(warnings, "warning") + ", " + counted(notes, "note");
  if (suppressed != 0) words += "; " + counted(suppressed, "finding") + " of the baseline left out";
  if (unreadable != 0) words += "; " + counted(unreadable, "input") + " could not be read";
  return words;
}

Tally& Tally::operator+=(Tally const& other) {
  for (auto const& [rule, count] : other.broken) broken[rule] += count;
  for (auto const& [kind, count] : other.kinds) kinds[kind] += count;
  for (auto const& [rule, count] : other.exercise) exercise[rule] += count;
  return *this;
}

namespace {

namespace reports = validator::reports;

class Text : public Report {
 public:
  Text(Output& output, reports::Style style) : Report(output), style_(style) {}
  void say(Piece& piece, Source const& source, Diagnostics const& findings,
           std::vector<std::string> const&) const override {
    for (auto const& finding : findings) piece.text += reports::text(source, finding, style_) + '\n';
  }

 private:
  reports::Style style_;
};

class JsonLines : public Report {
 public:
  using Report::Report;
  void say(Piece& piece, Source const& source, Diagnostics const& findings,
           std::vector<std::string> const&) const override {
    for (auto const& finding : findings)
      piece.text += wire::to_json(wire::to_proto(finding, source.name)) + '\n';
  }
};

// Values with commas between them, whoever made them.
class List : public Report {
 public:
  using Report::Report;
  bool take(Piece const& piece) override {
    return piece.text.empty() || (write(std::exchange(separator_, ",\n")) && write(piece.text));
  }

 protected:
  static void append(Piece& piece, std::string const& value) {
    if (!piece.text.empty()) piece.text += ",\n";
    piece.text += value;
  }

 private:
  std::string separator_;
};

class JsonArray : public List {
 public:
  using List::List;
  void begin() override { write("[\n"); }
  void say(Piece& piece, Source const& source, Diagnostics const& findings,
           std::vector<std::string> const&) const override {
    for (auto const& finding : findings) append(piece, wire::to_json(wire::to_proto(finding, source.name)));
  }
  void end(Counts const&, Tally const&) override { write("\n]\n"); }
};

class Sarif : public List {
 public:
  using List::List;
  void begin() override { write(reports::sarif::head({TORNTAPE_VERSION, TORNTAPE_HOME})); }
  void say(Piece& piece, Source const& source, Diagnostics const& findings,
           std::vector<std::string> const& fingerprints) const override {
    for (std::size_t i = 0; i != findings.size(); ++i)
      append(piece, reports::sarif::result(source, findings[i], fingerprints[i]));
  }
  void end(Counts const& counts, Tally const&) override {
    write(reports::sarif::tail(counts.unreadable == 0));
  }
  [[nodiscard]] bool wants_fingerprints() const override { return true; }
};

// The number of cases stands before them: they wait in a file of their own until the input is at its end.
class JUnit : public Report {
 public:
  JUnit(Output& output, Severity fails_at) : Report(output), fails_at_(fails_at) {}
  ~JUnit() override {
    if (cases_ != nullptr) std::fclose(cases_);
  }
  JUnit(JUnit const&) = delete;
  JUnit& operator=(JUnit const&) = delete;

  void begin() override { write(reports::junit::head()); }
  void say(Piece& piece, Source const& source, Diagnostics const& findings,
           std::vector<std::string> const&) const override {
    auto const made = reports::junit::test_case(source, findings, fails_at_);
    piece.text += made.text;
    ++piece.cases;
    if (made.failed) ++piece.failed_cases;
  }
  bool take(Piece const& piece) override {
    if (cases_ != nullptr && piece.source != source_ && !close_suite()) return false;
    if (cases_ == nullptr) {
      source_ = piece.source;
      all_ = failed_ = 0;
      cases_ = std::tmpfile();
      if (cases_ == nullptr) throw std::system_error(errno, std::generic_category(), "temporary file");
    }
    all_ += piece.cases;
    failed_ += piece.failed_cases;
    return std::fwrite(piece.text.data(), 1, piece.text.size(), cases_) == piece.text.size();
  }
  void end(Counts const&, Tally const&) override {
    if (cases_ != nullptr) close_suite();
    write(reports::junit::tail());
  }

 private:
  bool close_suite() {
    auto good = write(reports::junit::suite_head(source_, all_, failed_));
    std::rewind(cases_);
    std::string block(65536, '\0');
    for (std::size_t length = 0; good && (length = std::fread(block.data(), 1, block.size(), cases_)) != 0;)
      good = write(std::string_view{block}.substr(0, length));
    std::fclose(std::exchange(cases_, nullptr));
    return good && write(reports::junit::suite_tail());
  }

  Severity fails_at_;
  std::FILE* cases_ = nullptr;
  std::string source_;
  std::size_t all_ = 0, failed_ = 0;
};

// Reports that are made of sums alone.
class Summing : public Report {
 public:
  using Report::Report;
  void say(Piece&, Source const&, Diagnostics const&, std::vector<std::string> const&) const override {}
};

// The rules that were broken, the most frequent first.
class Statistics : public Summing {
 public:
  Statistics(Output& output, ReportFormat format) : Summing(output), format_(format) {}

  void end(Counts const&, Tally const& tally) override {
    auto const rows = sorted(tally);
    if (format_ == ReportFormat::json) write(rows.empty() ? "[" : "[\n");
    for (std::size_t i = 0; i != rows.size(); ++i) row(rows[i], i + 1 == rows.size());
    if (format_ == ReportFormat::json) write("]\n");
  }

 private:
  using Row = std::pair<Tally::Rule, std::size_t>;

  static std::vector<Row> sorted(Tally const& tally) {
    std::vector<Row> rows{tally.broken.begin(), tally.broken.end()};
    std::sort(rows.begin(), rows.end(), [](Row const& a, Row const& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    return rows;
  }

  void row(Row const& row, bool last) {
    auto const& [rule, count] = row;
    if (format_ != ReportFormat::json && format_ != ReportFormat::jsonl) {
      write(fmt::format("{:>8}  {:<8}{:<34}{}\n", count, rule.id, rule.name, name(rule.severity)));
      return;
    }
    v1::RuleCount message;
    message.set_rule(std::string{rule.id});
    message.set_name(std::string{rule.name});
    message.set_severity(wire::to_proto(rule.severity));
    message.set_findings(count);
    write(wire::to_json(message) + (format_ == ReportFormat::json && !last ? ",\n" : "\n"));
  }

  ReportFormat format_;
};

class Acceptance : public Summing {
 public:
  Acceptance(Output& output, ReportOptions const& options) : Summing(output), options_(options) {}

  void end(Counts const& counts, Tally const& tally) override {
    reports::acceptance::Acceptance made{options_.title,    tally.kinds, counts.messages,
                                         counts.unreadable, {},          options_.fail_on};
    for (auto const& [rule, messages] : tally.exercise) made.rules[rule].messages = messages;
    for (auto const& [rule, count] : tally.broken) {
      auto& tested = made.rules[rule.id];
      tested.findings += count;
      tested.gravest = std::max(tested.gravest, rule.severity);
    }
    write(options_.format == ReportFormat::html ? reports::acceptance::html(made)
                                                : reports::acceptance::text(made));
  }

 private:
  ReportOptions options_;
};

}  // namespace

std::unique_ptr<Report> make_report(Output& output, ReportOptions const& options, Context const& context) {
  if (options.acceptance) return std::make_unique<Acceptance>(output, options);
  if (options.statistics) return std::make_unique<Statistics>(output, options.format);
  switch (options.format) {
    case ReportFormat::json:
      return std::make_unique<JsonArray>(output);
    case ReportFormat::jsonl:
      return std::make_unique<JsonLines>(output);
    case ReportFormat::sarif:
      return std::make_unique<Sarif>(output);
    case ReportFormat::junit:
      return std::make_unique<JUnit>(output, options.fail_on);
    case ReportFormat::text:
    case ReportFormat::html:
      break;
  }
  // Bars and line numbers stand before a source line.
  auto const room = width(output.stream()) - 10;
  return std::make_unique<Text>(
      output, reports::Style{.colour = use_colour(context.colour, output.stream()), .width = room});
}

}  // namespace torntape::cli
