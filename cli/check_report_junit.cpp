#include <cerrno>
#include <cstdio>
#include <system_error>

#include "cli/check_renderers.hpp"
#include "validator/reports/junit.hpp"

namespace torntape::cli {
namespace {

namespace reports = validator::reports;

using grammar::Severity;

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

}  // namespace

std::unique_ptr<Report> junit_report(Output& output, Severity fails_at) {
  return std::make_unique<JUnit>(output, fails_at);
}

}  // namespace torntape::cli
