#include "cli/send_report.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "traffic/send/quantity.hpp"

namespace torntape::cli {
namespace {

using Counts = std::array<std::pair<std::string_view, std::uint64_t>, 6>;

Counts counts_of(v1::DestinationReport const& report) {
  return {{{"confirmed", report.confirmed()},
           {"sent", report.sent()},
           {"refused", report.refused()},
           {"failed", report.failed()},
           {"unknown", report.unknown()},
           {"withheld", report.withheld()}}};
}

std::string time(double milliseconds) {
  return send::in_words(std::chrono::nanoseconds{static_cast<std::int64_t>(milliseconds * 1e6)});
}

std::string outcome_line(v1::DestinationReport const& report) {
  std::string line;
  for (auto const& [name, count] : counts_of(report))
    if (count != 0) line.append(line.empty() ? "  " : ", ").append(fmt::format("{} {}", name, count));
  if (report.sent() != 0) line.append(" (nothing comes back over this protocol)");
  if (report.repeats() != 0) line.append(fmt::format("; handed over again {}", report.repeats()));
  if (report.reconnections() != 0) line.append(fmt::format("; connected anew {}", report.reconnections()));
  return line.append(line.empty() ? "" : "\n");
}

std::string latency_line(v1::DestinationReport const& report) {
  if (!report.has_latency()) return {};
  auto const& latency = report.latency();
  auto line = fmt::format("  p50 {}  p90 {}  p99 {}  p99.9 {}  p99.99 {}  max {}\n", time(latency.p50_ms()),
                          time(latency.p90_ms()), time(latency.p99_ms()), time(latency.p999_ms()),
                          time(latency.p9999_ms()), time(latency.max_ms()));
  constexpr double noticed = 100;
  if (report.latest_ms() >= noticed)
    line.append(fmt::format("  up to {} later than intended: the window was full, or nobody there\n",
                            time(report.latest_ms())));
  return line;
}

std::string in_text(v1::DestinationReport const& report) {
  constexpr int reasons_shown = 10;
  auto text =
      fmt::format("{}\n  {} {} in {:.1f} s, {:.1f}/s\n", printable(report.destination()), report.offered(),
                  report.offered() == 1 ? "message" : "messages", report.seconds(), report.rate());
  text.append(outcome_line(report)).append(latency_line(report));
  for (auto const& reason : report.reasons()) {
    if (&reason - &report.reasons(0) == reasons_shown) break;
    text.append(fmt::format("  {:>6} × {}\n", reason.messages(), printable(reason.reason())));
  }
  for (auto const& expectation : report.expectations())
    text.append(fmt::format("  expected {}: {}, {}\n", expectation.expectation(), expectation.found(),
                            expectation.met() ? "met" : "NOT MET"));
  if (!report.failure().empty()) text.append("  ").append(printable(report.failure())).append("\n");
  return text;
}

// Whether an expectation says how many of these there may be.
bool is_expected(v1::DestinationReport const& report, std::string_view quantity) {
  return std::ranges::any_of(report.expectations(), [&](auto const& expectation) {
    std::string_view const text{expectation.expectation()};
    return text.starts_with(quantity) && text.substr(quantity.size()).find_first_of("<=>") == 0;
  });
}

}  // namespace

std::string in_text(v1::SendReport const& report) {
  std::string text;
  for (auto const& destination : report.destinations()) text.append(in_text(destination));
  if (report.interrupted()) text.append("interrupted\n");
  return text;
}

int exit_code(v1::SendReport const& report) {
  auto code = ok;
  for (auto const& destination : report.destinations()) {
    if (!destination.failure().empty()) return failed;
    for (auto const& [name, count] : counts_of(destination)) {
      auto const bad = name == "refused" || name == "failed" || name == "unknown";
      if (bad && count != 0 && !is_expected(destination, name)) code = found;
    }
    for (auto const& expectation : destination.expectations())
      if (!expectation.met()) code = found;
  }
  return code;
}

}  // namespace torntape::cli
