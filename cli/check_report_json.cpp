#include "cli/check_renderers.hpp"
#include "wire/diagnostic.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

class JsonLines : public Report {
 public:
  using Report::Report;
  void say(Piece& piece, Source const& source, Diagnostics const& findings,
           std::vector<std::string> const&) const override {
    for (auto const& finding : findings)
      piece.text += wire::to_json(wire::to_proto(finding, source.name)) + '\n';
  }
};

class JsonArray : public ListReport {
 public:
  using ListReport::ListReport;
  void begin() override { write("[\n"); }
  void say(Piece& piece, Source const& source, Diagnostics const& findings,
           std::vector<std::string> const&) const override {
    for (auto const& finding : findings) append(piece, wire::to_json(wire::to_proto(finding, source.name)));
  }
  void end(Counts const&, Tally const&) override { write("\n]\n"); }
};

}  // namespace

std::unique_ptr<Report> json_lines_report(Output& output) { return std::make_unique<JsonLines>(output); }
std::unique_ptr<Report> json_array_report(Output& output) { return std::make_unique<JsonArray>(output); }

}  // namespace torntape::cli
