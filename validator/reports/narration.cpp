#include "validator/reports/narration.hpp"

#include <iterator>

#include <fmt/format.h>

#include "validator/reports/mend.hpp"
#include "validator/reports/source_line.hpp"

namespace torntape::validator::reports {

namespace {

using grammar::Diagnostic;
using grammar::Span;

std::string drawn(std::string_view line, std::size_t begin, std::size_t end, Style const& style) {
  Drawn drawn{line, Invisible::words};
  drawn.cut(style.width, begin, end);
  return drawn.text();
}

std::string place(Span const& span) { return fmt::format("line {}, column {}", span.line, span.column); }

// "at: NN", or where it is a point: "before: DE", or "at the end of the line".
std::string marked(Located const& at, Style const& style) {
  auto const words = [&](std::string_view part) { return drawn(part, 0, 0, style); };
  if (at.last > at.number) return fmt::format("from here to line {}", at.last);
  if (auto const part = at.text.substr(at.begin, at.end - at.begin);
      !part.empty() && part.find_first_not_of(' ') == part.npos)
    return fmt::format("at {} blank{}", part.size(), part.size() == 1 ? "" : "s");
  if (at.begin < at.end) return "at: " + words(at.text.substr(at.begin, at.end - at.begin));
  if (at.begin >= at.text.size()) return "at the end of the line";
  return "before: " + words(at.text.substr(at.begin));
}

void say_place(std::string& out, Source const& source, Span const& span, Style const& style) {
  auto const at = locate(source, span);
  fmt::format_to(std::back_inserter(out), "  line {}: {}\n  {}\n", at.number,
                 drawn(at.text, at.begin, at.end, style), marked(at, style));
}

void say_change(std::string& out, ChangedLines const& change, Style const& style) {
  auto const say = [&](std::string_view verb, std::string const& line, std::size_t number) {
    fmt::format_to(std::back_inserter(out), "  line {} {}: {}\n", number, verb, drawn(line, 0, 0, style));
  };
  auto number = change.number;
  for (std::size_t i = 0; i != change.before.size(); ++i, ++number)
    if (i < change.after.size())
      say("becomes", change.after[i], number);
    else
      say("is removed", change.before[i], number);
  for (auto i = change.before.size(); i < change.after.size(); ++i, ++number)
    say("is new", change.after[i], number);
}

void say_help(std::string& out, Source const& source, Diagnostic const& diagnostic, Style const& style) {
  if (diagnostic.help) out += "  help: " + *diagnostic.help + '\n';
  if (!diagnostic.fix) return;
  auto const unsure = diagnostic.fix->safety == grammar::Safety::unsafe ? " (a guess)" : "";
  out += "  help: " + diagnostic.fix->title + unsure + '\n';
  for (auto const& change : changed_lines(source, *diagnostic.fix)) say_change(out, change, style);
}

}  // namespace

std::string narration(Source const& source, Diagnostic const& diagnostic, Style const& style) {
  auto out = fmt::format("{}, {}: {} {}, {}: {}\n", source.name, place(diagnostic.span),
                         name(diagnostic.severity), diagnostic.rule, diagnostic.name, diagnostic.message);
  say_place(out, source, diagnostic.span, style);
  for (auto const& related : diagnostic.related) {
    out += fmt::format("  note, {}: {}\n", place(related.span), related.message);
    say_place(out, source, related.span, style);
  }
  say_help(out, source, diagnostic, style);
  if (!diagnostic.citation.empty()) out += fmt::format("  see: {}\n", diagnostic.citation);
  return out;
}

}  // namespace torntape::validator::reports
