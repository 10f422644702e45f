// The reports of `check`, one renderer a file: check_report_text.cpp and its neighbours. Private to
// check_report.cpp.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "cli/check_report.hpp"

namespace torntape::cli {

[[nodiscard]] std::unique_ptr<Report> text_report(Output& output, validator::reports::Style const& style);
[[nodiscard]] std::unique_ptr<Report> json_lines_report(Output& output);
[[nodiscard]] std::unique_ptr<Report> json_array_report(Output& output);
[[nodiscard]] std::unique_ptr<Report> sarif_report(Output& output);
[[nodiscard]] std::unique_ptr<Report> junit_report(Output& output, grammar::Severity fails_at);
[[nodiscard]] std::unique_ptr<Report> statistics_report(Output& output, ReportFormat format);
[[nodiscard]] std::unique_ptr<Report> acceptance_report(Output& output, ReportOptions const& options);

// Values with commas between them, whoever made them.
class ListReport : public Report {
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

// Reports that are made of sums alone.
class SummingReport : public Report {
 public:
  using Report::Report;
  void say(Piece&, Source const&, Diagnostics const&, std::vector<std::string> const&) const override {}
};

}  // namespace torntape::cli
