#include "validator/reports/text.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "validator/reports/mend.hpp"
#include "validator/reports/narration.hpp"
#include "validator/reports/source_line.hpp"

namespace torntape::validator::reports {

namespace {

using grammar::Diagnostic;
using grammar::Severity;

enum class Paint : unsigned char { error, warning, info, gutter, good, strong };

std::string_view escape(Paint paint) {
  switch (paint) {
    case Paint::error:
      return "\x1b[1;31m";
    case Paint::warning:
      return "\x1b[1;33m";
    case Paint::info:
      return "\x1b[1;36m";
    case Paint::gutter:
      return "\x1b[34m";
    case Paint::good:
      return "\x1b[32m";
    case Paint::strong:
      break;
  }
  return "\x1b[1m";
}

Paint of(Severity severity) {
  if (severity == Severity::error) return Paint::error;
  return severity == Severity::warning ? Paint::warning : Paint::info;
}

// A place with what is said of it.
struct Mark {
  Located at;
  char sign;  // '^' for the finding, '-' for a witness
  Paint paint;
  std::string label;
};

class Renderer {
 public:
  Renderer(Source const& source, Diagnostic const& diagnostic, Style const& style)
      : source_(source), diagnostic_(diagnostic), style_(style) {}

  std::string render() {
    title();
    collect_marks();
    draw_marks();
    draw_help();
    if (!diagnostic_.citation.empty()) remark(diagnostic_.citation);
    return std::move(out_);
  }

 private:
  std::string painted(Paint paint, std::string_view text) const {
    if (!style_.colour || text.empty()) return std::string{text};
    return fmt::format("{}{}\x1b[0m", escape(paint), text);
  }

  void title() {
    auto const& [offset, length, line, column] = diagnostic_.span;
    auto const head = fmt::format("{}[{}]", name(diagnostic_.severity), diagnostic_.rule);
    fmt::format_to(std::back_inserter(out_), "{}:{}:{}: {}: {}\n", source_.name, line, column,
                   painted(of(diagnostic_.severity), head), painted(Paint::strong, diagnostic_.message));
  }

  void add_mark(grammar::Span const& span, char sign, Paint paint, std::string label) {
    auto const at = locate(source_, span);
    if (at.last > at.number) label += fmt::format(" (to line {})", at.last);
    marks_.push_back({at, sign, paint, std::move(label)});
  }

  void collect_marks() {
    add_mark(diagnostic_.span, '^', of(diagnostic_.severity), std::string{diagnostic_.name});
    for (auto const& related : diagnostic_.related) add_mark(related.span, '-', Paint::info, related.message);
    std::ranges::sort(marks_, {}, [](Mark const& mark) {
      return std::tuple{mark.at.number, mark.sign == '-', mark.at.begin};
    });
    changes_ = diagnostic_.fix ? changed_lines(source_, *diagnostic_.fix) : std::vector<ChangedLines>{};
    auto widest = marks_.back().at.number;
    for (auto const& change : changes_)
      widest = std::max(widest, change.number + std::max(change.before.size(), change.after.size()));
    gutter_ = fmt::formatted_size("{}", widest);
  }

  void row(std::string_view number, char bar, std::string_view text) {
    auto const edge = painted(Paint::gutter, fmt::format("{:>{}} {}", number, gutter_, bar));
    fmt::format_to(std::back_inserter(out_), "{}{}{}\n", edge, text.empty() ? "" : " ", text);
  }

  void source_row(Mark const& mark, Drawn const& drawn) {
    row(fmt::format("{}", mark.at.number), '|', drawn.text());
  }

  void mark_row(Mark const& mark, Drawn const& drawn) {
    auto const begin = drawn.column(mark.at.begin);
    auto const end = std::max(drawn.column(mark.at.end), begin + 1);
    auto const under = std::string(end - begin, mark.sign) + ' ' + mark.label;
    row("", '|', std::string(begin, ' ') + painted(mark.paint, under));
  }

  Drawn drawn(Mark const& mark) const {
    Drawn drawn{mark.at.text, Invisible::signs};
    drawn.cut(style_.width, mark.at.begin, mark.at.end);
    return drawn;
  }

  void draw_marks() {
    row("", '|', "");
    std::size_t previous = 0;
    for (auto const& mark : marks_) {
      if (previous != 0 && mark.at.number > previous + 1) out_ += painted(Paint::gutter, "...") + '\n';
      auto const line = drawn(mark);
      // A long line is drawn again for a mark that its first drawing may not show.
      if (mark.at.number != previous || mark.at.text.size() > style_.width) source_row(mark, line);
      mark_row(mark, line);
      previous = mark.at.number;
    }
  }

  void remark(std::string_view text) { row("", '=', text); }

  void changed_row(std::size_t number, char sign, Paint paint, std::string const& line) {
    Drawn drawn{line, Invisible::signs};
    drawn.cut(style_.width, 0, 0);
    row(fmt::format("{}", number), sign, painted(paint, drawn.text()));
  }

  void draw_change(ChangedLines const& change) {
    auto number = change.number;
    for (auto const& line : change.before) changed_row(number++, '-', Paint::error, line);
    number = change.number;
    for (auto const& line : change.after) changed_row(number++, '+', Paint::good, line);
  }

  void draw_help() {
    row("", '|', "");
    if (diagnostic_.help) remark(painted(Paint::good, "help:") + ' ' + *diagnostic_.help);
    if (!diagnostic_.fix) return;
    auto const unsure = diagnostic_.fix->safety == grammar::Safety::unsafe ? " (a guess)" : "";
    remark(painted(Paint::good, "help:") + ' ' + diagnostic_.fix->title + unsure);
    for (auto const& change : changes_) draw_change(change);
  }

  Source const& source_;
  Diagnostic const& diagnostic_;
  Style const& style_;
  std::vector<Mark> marks_;
  std::vector<ChangedLines> changes_;
  std::size_t gutter_ = 1;
  std::string out_;
};

}  // namespace

std::string text(Source const& source, Diagnostic const& diagnostic, Style const& style) {
  if (style.narratable) return narration(source, diagnostic, style);
  return Renderer{source, diagnostic, style}.render();
}

}  // namespace torntape::validator::reports
