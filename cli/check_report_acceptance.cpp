#include <algorithm>

#include <fmt/format.h>

#include "cli/check_renderers.hpp"
#include "validator/reports/acceptance.hpp"

namespace torntape::cli {
namespace {

namespace reports = validator::reports;

class Acceptance : public SummingReport {
 public:
  Acceptance(Output& output, ReportOptions const& options) : SummingReport(output), options_(options) {}

  void end(Counts const& counts, Tally const& tally) override {
    reports::acceptance::Acceptance made{options_.title,    {}, counts.messages,
                                         counts.unreadable, {}, options_.fail_on};
    for (auto const& [kind, count] : tally.kinds)
      made.kinds[fmt::format("{} {}", name(kind.first), name(kind.second))] = count;
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

std::unique_ptr<Report> acceptance_report(Output& output, ReportOptions const& options) {
  return std::make_unique<Acceptance>(output, options);
}

}  // namespace torntape::cli
