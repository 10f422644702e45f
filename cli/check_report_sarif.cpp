#include "cli/check_renderers.hpp"
#include "validator/reports/sarif.hpp"

namespace torntape::cli {
namespace {

namespace reports = validator::reports;

class Sarif : public ListReport {
 public:
  using ListReport::ListReport;
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

}  // namespace

std::unique_ptr<Report> sarif_report(Output& output) { return std::make_unique<Sarif>(output); }

}  // namespace torntape::cli
