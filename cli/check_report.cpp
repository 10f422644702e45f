#include "cli/check_report.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <torntape/v1/report.pb.h>

#include "cli/terminal.hpp"
#include "validator/reports/text.hpp"
#include "wire/diagnostic.hpp"
#include "wire/json.hpp"

namespace torntape::cli {

using grammar::Diagnostic;
using grammar::Message;
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

std::string Counts::in_words() const {
  return counted(messages, "message") + ", " + counted(errors, "error") + ", " +
         counted(warnings, "warning") + ", " + counted(notes, "note");
}

bool Report::message(std::string_view source, Message const& message, Diagnostics const& diagnostics) {
  ++counts_.messages;
  for (auto const& diagnostic : diagnostics) {
    counts_.add(diagnostic.severity);
    if (!finding(source, message, diagnostic)) return false;
  }
  return true;
}

namespace {

class Text : public Report {
 public:
  Text(Output& output, validator::reports::Style style) : Report(output), style_(style) {}

 protected:
  bool finding(std::string_view source, Message const& message, Diagnostic const& diagnostic) override {
    return write(validator::reports::text({source, message.source, message.position}, diagnostic, style_) +
                 '\n');
  }

 private:
  validator::reports::Style style_;
};

class JsonLines : public Report {
 public:
  using Report::Report;

 protected:
  bool finding(std::string_view source, Message const&, Diagnostic const& diagnostic) override {
    return write(wire::to_json(wire::to_proto(diagnostic, source)) + '\n');
  }
};

class JsonArray : public Report {
 public:
  using Report::Report;
  void begin() override { write("["); }
  void end() override { write(separator_ == ",\n" ? "\n]\n" : "]\n"); }

 protected:
  bool finding(std::string_view source, Message const&, Diagnostic const& diagnostic) override {
    return write(std::exchange(separator_, ",\n") + wire::to_json(wire::to_proto(diagnostic, source)));
  }

 private:
  std::string separator_ = "\n";
};

// The rules that were broken, the most frequent first.
class Statistics : public Report {
 public:
  Statistics(Output& output, ReportFormat format) : Report(output), format_(format) {}

  void end() override {
    auto const rows = sorted();
    if (format_ == ReportFormat::json) write(rows.empty() ? "[" : "[\n");
    for (std::size_t i = 0; i != rows.size(); ++i) row(rows[i], i + 1 == rows.size());
    if (format_ == ReportFormat::json) write("]\n");
  }

 protected:
  bool finding(std::string_view, Message const&, Diagnostic const& diagnostic) override {
    ++broken_[{diagnostic.rule, diagnostic.severity, diagnostic.name}];
    return true;
  }

 private:
  struct Rule {
    std::string_view id;
    Severity severity;
    std::string_view name;
    auto operator<=>(Rule const&) const = default;
  };
  using Row = std::pair<Rule, std::size_t>;

  [[nodiscard]] std::vector<Row> sorted() const {
    std::vector<Row> rows{broken_.begin(), broken_.end()};
    std::sort(rows.begin(), rows.end(), [](Row const& a, Row const& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    return rows;
  }

  void row(Row const& row, bool last) {
    auto const& [rule, count] = row;
    if (format_ == ReportFormat::text) {
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
  std::map<Rule, std::size_t> broken_;
};

}  // namespace

std::unique_ptr<Report> make_report(Output& output, ReportFormat format, bool statistics,
                                    Context const& context) {
  if (statistics) return std::make_unique<Statistics>(output, format);
  if (format == ReportFormat::json) return std::make_unique<JsonArray>(output);
  if (format == ReportFormat::jsonl) return std::make_unique<JsonLines>(output);
  // Bars and line numbers stand before a source line.
  auto const room = width(output.stream()) - 10;
  return std::make_unique<Text>(
      output,
      validator::reports::Style{.colour = use_colour(context.colour, output.stream()), .width = room});
}

}  // namespace torntape::cli
