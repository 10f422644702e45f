#include "cli/check_report.hpp"

#include <fmt/format.h>

#include "cli/check_renderers.hpp"
#include "cli/terminal.hpp"

namespace torntape::cli {

using grammar::Severity;

std::string counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

void Counts::add(Severity severity) {
  if (severity == Severity::error)
    ++errors;
  else if (severity == Severity::warning)
    ++warnings;
  else
    ++notes;
}

bool Counts::any(Severity severity) const {
  switch (severity) {
    case Severity::error:
      return errors != 0;
    case Severity::warning:
      return errors + warnings != 0;
    case Severity::info:
      return errors + warnings + notes != 0;
    case Severity::off:
      break;
  }
  return false;
}

Counts& Counts::operator+=(Counts const& other) {
  messages += other.messages;
  errors += other.errors;
  warnings += other.warnings;
  notes += other.notes;
  suppressed += other.suppressed;
  unreadable += other.unreadable;
  return *this;
}

std::string Counts::in_words() const {
  auto words = counted(messages, "message") + ", " + counted(errors, "error") + ", " +
               counted(warnings, "warning") + ", " + counted(notes, "note");
  if (suppressed != 0) words += "; " + counted(suppressed, "finding") + " of the baseline left out";
  if (unreadable != 0) words += "; " + counted(unreadable, "input") + " could not be read";
  return words;
}

Tally& Tally::operator+=(Tally const& other) {
  for (auto const& [rule, count] : other.broken) broken[rule] += count;
  for (auto const& [kind, count] : other.kinds) kinds[kind] += count;
  for (auto const& [rule, count] : other.exercise) exercise[rule] += count;
  return *this;
}

std::unique_ptr<Report> make_report(Output& output, ReportOptions const& options, Context const& context) {
  if (options.acceptance) return acceptance_report(output, options);
  if (options.statistics) return statistics_report(output, options.format);
  switch (options.format) {
    case ReportFormat::json:
      return json_array_report(output);
    case ReportFormat::jsonl:
      return json_lines_report(output);
    case ReportFormat::sarif:
      return sarif_report(output);
    case ReportFormat::junit:
      return junit_report(output, options.fail_on);
    case ReportFormat::text:
    case ReportFormat::html:
      break;
  }
  // Bars and line numbers stand before a source line.
  auto const room = width(output.stream()) - 10;
  return text_report(output, {.colour = use_colour(context.colour, output.stream()), .width = room});
}

}  // namespace torntape::cli
