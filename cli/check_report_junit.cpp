#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "cli/check_renderers.hpp"
#include "validator/reports/junit.hpp"

namespace torntape::cli {
namespace {

namespace reports = validator::reports;

using grammar::Severity;

// The number of cases stands before them: they wait in a file of their own until all have come.
class Suite {
 public:
  explicit Suite(std::string name) : name_(std::move(name)) {
    if (cases_ == nullptr) throw std::system_error(errno, std::generic_category(), "temporary file");
  }

  [[nodiscard]] std::string const& name() const { return name_; }

  bool add(Piece const& piece) {
    all_ += piece.cases;
    failed_ += piece.failed_cases;
    return std::fwrite(piece.text.data(), 1, piece.text.size(), cases_.get()) == piece.text.size();
  }

  // All of it, in pieces.
  template <class Write>
  bool close(Write write) {
    auto good = write(reports::junit::suite_head(name_, all_, failed_));
    std::rewind(cases_.get());
    std::string block(65536, '\0');
    for (std::size_t length = 0;
         good && (length = std::fread(block.data(), 1, block.size(), cases_.get())) != 0;)
      good = write(std::string_view{block}.substr(0, length));
    return good && write(reports::junit::suite_tail());
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::string name_;
  std::unique_ptr<std::FILE, Close> cases_{std::tmpfile()};
  std::size_t all_ = 0, failed_ = 0;
};

// A suite an input, whose cases are its messages, and one at the end whose cases are what only several
// messages together have shown.
class JUnit : public Report {
 public:
  JUnit(Output& output, Severity fails_at) : Report(output), fails_at_(fails_at) {}

  void begin() override { write(reports::junit::head()); }
  void say(Piece& piece, Source const& source, Diagnostics const& findings,
           std::vector<std::string> const&) const override {
    auto const of = piece.of_set ? reports::junit::Of::set : reports::junit::Of::message;
    auto const made = reports::junit::test_case(source, findings, fails_at_, of);
    piece.text += made.text;
    ++piece.cases;
    if (made.failed) ++piece.failed_cases;
  }
  bool take(Piece const& piece) override {
    if (piece.of_set) return take(piece, sets_, "sets of messages");
    if (input_ && input_->name() != piece.source && !close(input_)) return false;
    return take(piece, input_, piece.source);
  }
  void end(Counts const&, Tally const&) override {
    if (close(input_) && close(sets_)) write(reports::junit::tail());
  }

 private:
  static bool take(Piece const& piece, std::optional<Suite>& suite, std::string_view name) {
    if (!suite) suite.emplace(std::string{name});
    return suite->add(piece);
  }
  // True where there is none.
  bool close(std::optional<Suite>& suite) {
    auto const good = !suite || suite->close([this](std::string_view text) { return write(text); });
    suite.reset();
    return good;
  }

  Severity fails_at_;
  std::optional<Suite> input_, sets_;
};

}  // namespace

std::unique_ptr<Report> junit_report(Output& output, Severity fails_at) {
  return std::make_unique<JUnit>(output, fails_at);
}

}  // namespace torntape::cli
