#include "cli/score_reading.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>
#include <google/protobuf/struct.pb.h>
#include <torntape/v1/traffic.pb.h>

#include "validator/rule.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

using google::protobuf::Value;
using grammar::Severity;
using score::Report;

constexpr std::size_t most_errors = 20;

// Calls `take` with every line that is not empty and its number, from 1.
template <class Take>
void each_line(std::string_view text, Take take) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    auto const end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) take(line, number);
  }
}

std::optional<std::uint64_t> number_in(std::string_view digits) {
  std::uint64_t number = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return {};
  return number;
}

// --- JSON whose shape is another's ---

Value const* field(Value const* value, std::string const& name) {
  if (value == nullptr || !value->has_struct_value()) return nullptr;
  auto const& fields = value->struct_value().fields();
  auto const found = fields.find(name);
  return found == fields.end() ? nullptr : &found->second;
}

// 64-bit numbers are strings in proto3 JSON.
std::optional<std::uint64_t> number(Value const* value) {
  if (value == nullptr) return {};
  if (value->kind_case() == Value::kStringValue) return number_in(value->string_value());
  if (value->kind_case() != Value::kNumberValue || value->number_value() < 0) return {};
  return static_cast<std::uint64_t>(value->number_value());
}

std::string text(Value const* value) { return value == nullptr ? std::string() : value->string_value(); }

// "SEVERITY_WARNING", "warning", "note"; error where nothing is said.
Severity severity_of(std::string const& word) {
  if (word == "SEVERITY_INFO" || word == "info" || word == "note" || word == "none") return Severity::info;
  return word == "SEVERITY_WARNING" || word == "warning" ? Severity::warning : Severity::error;
}

class Reports {
 public:
  Reports(std::string const& name, RuleMap const& map, Severity least)
      : name_(name), map_(map), least_(least) {}

  ReportsRead run(std::string_view text) && {
    auto const first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos) return {};
    text.remove_prefix(first);
    if (text.front() == '[' || is_one_object(text))
      take_document(text);
    else if (text.front() == '{')
      each_line(text, [&](std::string_view line, std::size_t number) { take_line(line, number); });
    else
      take_table(text);
    return std::move(read_);
  }

 private:
  void wrong(std::string const& what) { tell(fmt::format("{}: {}", name_, what)); }
  void wrong(std::size_t line, std::string const& what) { tell(fmt::format("{}:{}: {}", name_, line, what)); }
  void tell(std::string what) {
    if (read_.errors.size() < most_errors) read_.errors.push_back(std::move(what));
  }

  // SARIF, however it is laid out; a line that is whole in itself is the first of many.
  [[nodiscard]] static bool is_one_object(std::string_view text) {
    if (text.front() != '{') return false;
    auto const line = text.substr(0, text.find('\n'));
    Value whole;
    if (wire::from_json(line, whole)) return true;
    return field(&whole, "runs") != nullptr;
  }

  void take_document(std::string_view text) {
    Value whole;
    if (auto const why = wire::from_json(text, whole)) return wrong(*why);
    if (auto const* const runs = field(&whole, "runs"))
      for (auto const& run : runs->list_value().values()) take_run(run);
    else if (whole.has_list_value())
      for (auto const& each : whole.list_value().values()) take_object(each, 0);
    else
      take_object(whole, 1);
  }

  void take_line(std::string_view line, std::size_t number) {
    Value value;
    if (auto const why = wire::from_json(line, value)) return wrong(number, *why);
    take_object(value, number);
  }

  // SARIF 2.1.0, 3.27.
  void take_run(Value const& run) {
    auto const* const results = field(&run, "results");
    if (results == nullptr) return;
    for (auto const& result : results->list_value().values()) {
      Report report;
      auto const* const locations = field(&result, "locations");
      if (locations != nullptr && !locations->list_value().values().empty()) {
        auto const* const region =
            field(field(&locations->list_value().values(0), "physicalLocation"), "region");
        report.line = number(field(region, "startLine"));
        report.offset = number(field(region, "byteOffset"));
        if (!report.offset) report.offset = number(field(region, "charOffset"));
        report.length = number(field(region, "byteLength")).value_or(0);
      }
      auto const level = text(field(&result, "level"));
      add(std::move(report), text(field(&result, "ruleId")), severity_of(level.empty() ? "warning" : level));
    }
  }

  // A Diagnostic, whose `message` is a text; or somebody else's, whose `message` is a number.
  void take_object(Value const& value, std::size_t line_number) {
    Report report;
    auto const* const span = field(&value, "span");
    auto const* const place = span != nullptr ? span : &value;
    report.offset = number(field(place, "offset"));
    // proto3 leaves out what is 0.
    if (span != nullptr && !report.offset) report.offset = 0;
    report.line = number(field(place, "line"));
    report.length = number(field(place, "length")).value_or(0);
    if (span == nullptr) report.message = number(field(&value, "message"));
    auto const rule = text(field(&value, "rule"));
    if (rule.empty())
      return line_number == 0 ? wrong("an entry without a rule") : wrong(line_number, "no rule");
    add(std::move(report), rule, severity_of(text(field(&value, "severity"))));
  }

  // --- CSV ---

  [[nodiscard]] static std::vector<std::string_view> cells(std::string_view line) {
    std::vector<std::string_view> found;
    for (;;) {
      auto const comma = line.find(',');
      auto cell = line.substr(0, comma);
      while (!cell.empty() && (cell.front() == ' ' || cell.front() == '"')) cell.remove_prefix(1);
      while (!cell.empty() && (cell.back() == ' ' || cell.back() == '"')) cell.remove_suffix(1);
      found.push_back(cell);
      if (comma == std::string_view::npos) return found;
      line.remove_prefix(comma + 1);
    }
  }

  void take_table(std::string_view all) {
    std::vector<std::string_view> head;
    each_line(all, [&](std::string_view line, std::size_t number) {
      auto const row = cells(line);
      if (head.empty()) {
        head = row;
        if (std::ranges::find(head, "rule") == head.end())
          wrong("expected SARIF, JSON, or CSV with a line 'message,rule,line,offset' at its head");
        return;
      }
      auto const cell = [&](std::string_view column) {
        auto const at = static_cast<std::size_t>(std::ranges::find(head, column) - head.begin());
        return at < row.size() ? row[at] : std::string_view{};
      };
      Report report;
      report.message = number_in(cell("message"));
      report.line = number_in(cell("line"));
      report.offset = number_in(cell("offset"));
      report.length = number_in(cell("length")).value_or(0);
      if (cell("rule").empty()) return wrong(number, "no rule");
      add(std::move(report), std::string(cell("rule")), severity_of(std::string(cell("severity"))));
    });
  }

  // --- rules ---

  void add(Report report, std::string const& rule, Severity severity) {
    if (severity < least_) return;
    if (!report.message && !report.offset && !report.line)
      return wrong(fmt::format("{} is reported of no place: neither message, offset nor line", rule));
    auto const mapped = map_.ours.find(rule);
    auto const& name = mapped == map_.ours.end() ? rule : mapped->second;
    auto const* const known = validator::rule(name);
    if (known == nullptr && mapped == map_.ours.end() && unknown_.insert(rule).second)
      read_.unknown.push_back(rule);
    report.rule = known == nullptr ? name : std::string(known->id);
    read_.reports.push_back(std::move(report));
  }

  std::string const& name_;
  RuleMap const& map_;
  Severity least_;
  std::set<std::string> unknown_;
  ReportsRead read_;
};

// Reads it; or what is wrong, in words.
std::optional<std::string> wrong_with_label(std::string_view line, v1::Label& label) {
  if (auto const why = wire::from_json(line, label)) return why;
  if (label.rule().empty() && !label.damage().empty())
    return fmt::format(
        "'{}' is a fault on the way (send --fault-label), which breaks no one rule: there is "
        "nothing to score",
        label.damage());
  if (label.message() == 0 || label.rule().empty())
    return "no label of 'torntape generate --label', which has a message and a rule";
  return std::nullopt;
}

score::Stretch stretch_of(v1::Span const& span) {
  return {span.offset(), span.length(), span.line(), span.line()};
}

}  // namespace

LabelsRead read_labels(std::string_view text, std::string const& name) {
  LabelsRead read;
  if (!text.empty() && text.front() != '{')
    return {
        {},
        {name + ": no label file, which has a line of JSON for each message (torntape generate --label)"}};
  each_line(text, [&](std::string_view line, std::size_t number) {
    v1::Label in;
    if (auto const why = wrong_with_label(line, in)) {
      if (read.errors.size() < most_errors)
        read.errors.push_back(fmt::format("{}:{}: {}", name, number, *why));
      return;
    }
    score::Label label{in.message(),           in.rule() == "none" ? std::string() : in.rule(),
                       stretch_of(in.where()), stretch_of(in.span()),
                       in.run_first(),         in.run_last()};
    label.span.last_line = in.last_line();
    read.labels.push_back(std::move(label));
  });
  return read;
}

RuleMap read_rule_map(std::string_view text, std::string const& name) {
  RuleMap map;
  each_line(text, [&](std::string_view line, std::size_t number) {
    line = line.substr(0, line.find('#'));
    auto const word = [&] {
      line.remove_prefix(std::min(line.size(), line.find_first_not_of(" \t=,")));
      auto const found = line.substr(0, line.find_first_of(" \t=,"));
      line.remove_prefix(found.size());
      return found;
    };
    auto const theirs = word(), ours = word();
    if (theirs.empty()) return;
    auto const* const rule = validator::rule(ours);
    if (rule == nullptr)
      map.errors.push_back(fmt::format("{}:{}: '{}' is no rule of torntape", name, number, ours));
    else
      map.ours.emplace(theirs, rule->id);
  });
  return map;
}

ReportsRead read_reports(std::string_view text, std::string const& name, RuleMap const& map, Severity least) {
  return Reports(name, map, least).run(text);
}

}  // namespace torntape::cli
