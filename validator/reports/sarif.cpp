#include "validator/reports/sarif.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "validator/reports/escape.hpp"

namespace torntape::validator::reports::sarif {

namespace {

using grammar::Diagnostic;
using grammar::Span;

std::string_view level(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "note";
    case Severity::off:
      break;
  }
  return "none";
}

Severity gravest(Rule const& rule) { return std::ranges::max(rule.severities.by_profile); }

std::string text_of(std::string_view text) { return fmt::format("{{\"text\":{}}}", quoted(text)); }

std::string link(std::string_view home, std::string_view id) {
  if (home.empty()) return {};
  return fmt::format(R"("helpUri":{},)", quoted(fmt::format("{}/docs/rules/{}.md", home, id)));
}

std::string rule_in_json(Rule const& rule, std::string_view home) {
  auto const help = fmt::format("{} {} Source: {}. More: docs/rules/{}.md, or 'torntape explain {}'.",
                                rule.page.what, rule.page.why, rule.page.citation, rule.id, rule.id);
  return fmt::format(R"({{"id":{},"name":{},"shortDescription":{},"fullDescription":{},"help":{},{})"
                     R"("defaultConfiguration":{{"level":"{}"}}}})",
                     quoted(rule.id), quoted(rule.name), text_of(rule.page.what),
                     text_of(fmt::format("{} {}", rule.page.what, rule.page.why)), text_of(help),
                     link(home, rule.id), level(gravest(rule)));
}

// Percent-encoded as RFC 3986 has it; a separator stays.
std::string uri(std::string_view path) {
  constexpr std::string_view plain = "-._~/";
  std::string out = path.starts_with('/') ? "file://" : "";
  for (char const c : path) {
    auto const is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          plain.find(c) != std::string_view::npos;
    if (is_plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return out;
}

struct End {
  std::size_t line, column;
};

End end_of(Source const& source, Span const& span) {
  auto const begin =
      std::min(span.offset - std::min(span.offset, source.position.offset), source.text.size());
  auto const text = source.text.substr(begin, span.length);
  auto const last = text.rfind('\n');
  if (last == std::string_view::npos) return {span.line, span.column + span.length};
  auto const more = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  return {span.line + more, text.size() - last};
}

std::string region(Source const& source, Span const& span) {
  auto const end = end_of(source, span);
  return fmt::format(
      R"({{"startLine":{},"startColumn":{},"endLine":{},"endColumn":{},"byteOffset":{},"byteLength":{}}})",
      span.line, span.column, end.line, end.column, span.offset, span.length);
}

std::string artifact(Source const& source) {
  return fmt::format(R"({{"uri":{}}})", quoted(uri(source.name)));
}

std::string place(Source const& source, Span const& span) {
  return fmt::format(R"("physicalLocation":{{"artifactLocation":{},"region":{}}})", artifact(source),
                     region(source, span));
}

std::string witnesses(Source const& source, Diagnostic const& finding) {
  std::string out;
  for (auto const& related : finding.related)
    out += fmt::format(R"({}{{{},"message":{}}})", out.empty() ? "" : ",", place(source, related.span),
                       text_of(related.message));
  return out.empty() ? out : fmt::format(R"(,"relatedLocations":[{}])", out);
}

std::string mend(Source const& source, Diagnostic const& finding) {
  if (!finding.fix) return {};
  std::string replacements;
  for (auto const& edit : finding.fix->edits)
    replacements +=
        fmt::format(R"({}{{"deletedRegion":{},"insertedContent":{}}})", replacements.empty() ? "" : ",",
                    region(source, edit.span), text_of(edit.replacement));
  auto const guess = finding.fix->safety == Safety::unsafe ? " (a guess)" : "";
  return fmt::format(
      R"(,"fixes":[{{"description":{},"artifactChanges":[{{"artifactLocation":{},"replacements":[{}]}}]}}])",
      text_of(finding.fix->title + guess), artifact(source), replacements);
}

std::string said(Diagnostic const& finding) {
  return finding.help ? fmt::format("{}; {}", finding.message, *finding.help) : finding.message;
}

}  // namespace

std::string head(Tool const& tool) {
  std::string all;
  for (auto const& rule : rules())
    all += fmt::format("{}{}", all.empty() ? "\n" : ",\n", rule_in_json(rule, tool.home));
  auto const home = tool.home.empty() ? "" : fmt::format(R"("informationUri":{},)", quoted(tool.home));
  return fmt::format(
      "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{"
      "\"tool\":{{\"driver\":{{\"name\":\"torntape\",\"version\":{},{}\"rules\":[{}\n]}}}},"
      "\"columnKind\":\"unicodeCodePoints\",\"results\":[\n",
      quoted(tool.version), home, all);
}

std::string result(Source const& source, Diagnostic const& finding, std::string_view fingerprint) {
  return fmt::format(
      R"({{"ruleId":{},"level":"{}","message":{},"locations":[{{{}}}]{}{},"partialFingerprints":{{"torntape/v1":"{}"}}}})",
      quoted(finding.rule), level(finding.severity), text_of(said(finding)), place(source, finding.span),
      witnesses(source, finding), mend(source, finding), fingerprint);
}

std::string tail(bool complete) {
  return fmt::format("\n],\"invocations\":[{{\"executionSuccessful\":{}}}]}}]}}\n", complete);
}

}  // namespace torntape::validator::reports::sarif
