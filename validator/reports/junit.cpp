#include "validator/reports/junit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "validator/reports/escape.hpp"

namespace torntape::validator::reports::junit {

namespace {

using grammar::Diagnostic;
using grammar::Severity;

std::string in_one_line(Diagnostic const& finding) {
  return fmt::format("{}[{}] {}", name(finding.severity), finding.rule, finding.message);
}

std::string drawn(Source const& source, std::vector<Diagnostic const*> const& findings) {
  std::string out;
  for (auto const* const finding : findings) out += text(source, *finding) + '\n';
  return escaped(out);
}

}  // namespace

std::string head() {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"torntape check\">\n";
}

std::string suite_head(std::string_view name, std::size_t cases, std::size_t failures) {
  return fmt::format(
      "<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" time=\"0\">\n",
      escaped(name), cases, failures);
}

std::string suite_tail() { return "</testsuite>\n"; }

std::string tail() { return "</testsuites>\n"; }

Case test_case(Source const& source, std::vector<Diagnostic> const& found, Severity fails_at, Of of) {
  std::vector<Diagnostic const*> grave, mild;
  for (auto const& finding : found)
    (fails_at != Severity::off && finding.severity >= fails_at ? grave : mild).push_back(&finding);
  auto out = fmt::format("<testcase classname=\"{}\" name=\"{} at line {}\" time=\"0\"", escaped(source.name),
                         of == Of::set ? found.front().rule : "message", source.position.line + 1);
  if (found.empty()) return {out + "/>\n", false};
  out += ">\n";
  if (!grave.empty())
    out += fmt::format("<failure type=\"{}\" message=\"{}\">{}</failure>\n", grave.front()->rule,
                       escaped(in_one_line(*grave.front())), drawn(source, grave));
  if (!mild.empty()) out += fmt::format("<system-out>{}</system-out>\n", drawn(source, mild));
  return {out + "</testcase>\n", !grave.empty()};
}

}  // namespace torntape::validator::reports::junit
