#include "cli/check_renderers.hpp"

namespace torntape::cli {
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

}  // namespace

std::unique_ptr<Report> text_report(Output& output, reports::Style const& style) {
  return std::make_unique<Text>(output, style);
}

}  // namespace torntape::cli
