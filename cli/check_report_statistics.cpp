#include <algorithm>

#include <fmt/format.h>
#include <torntape/v1/report.pb.h>

#include "cli/check_renderers.hpp"
#include "wire/diagnostic.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

// The rules that were broken, the most frequent first.
class Statistics : public SummingReport {
 public:
  Statistics(Output& output, ReportFormat format) : SummingReport(output), format_(format) {}

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

}  // namespace

std::unique_ptr<Report> statistics_report(Output& output, ReportFormat format) {
  return std::make_unique<Statistics>(output, format);
}

}  // namespace torntape::cli
