#include "validator/reports/acceptance.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "validator/reports/escape.hpp"
#include "validator/rule.hpp"

namespace torntape::validator::reports::acceptance {

namespace {

std::string_view result(Tested const& tested, Severity fails_at) {
  if (tested.messages == 0) return "not exercised";
  if (tested.findings == 0) return "passed";
  if (fails_at != Severity::off && tested.gravest >= fails_at) return "FAILED";
  return "passed, with remarks";
}

struct Row {
  Rule const* rule;
  Tested tested;
  std::string_view result;
};

std::vector<Row> rows(Acceptance const& acceptance) {
  std::vector<Row> rows;
  for (auto const& rule : rules()) {
    auto const at = acceptance.rules.find(rule.id);
    auto const tested = at == acceptance.rules.end() ? Tested{} : at->second;
    rows.push_back({&rule, tested, result(tested, acceptance.fails_at)});
  }
  return rows;
}

std::size_t how_many(std::vector<Row> const& rows, std::string_view result) {
  return static_cast<std::size_t>(
      std::ranges::count_if(rows, [&](Row const& row) { return row.result == result; }));
}

std::string verdict(Acceptance const& acceptance, std::vector<Row> const& rows) {
  auto const failed = how_many(rows, "FAILED");
  if (acceptance.failed_inputs != 0)
    return fmt::format("incomplete: {} input{} could not be read", acceptance.failed_inputs,
                       acceptance.failed_inputs == 1 ? "" : "s");
  if (acceptance.messages == 0) return "nothing was checked";
  if (failed != 0) return fmt::format("not accepted: {} rule{} failed", failed, failed == 1 ? "" : "s");
  return "accepted";
}

std::string kinds(Acceptance const& acceptance) {
  std::string out;
  for (auto const& [kind, count] : acceptance.kinds)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, kind);
  return out;
}

std::string summary(std::vector<Row> const& rows) {
  return fmt::format("{} rules: {} passed, {} passed with remarks, {} failed, {} not exercised", rows.size(),
                     how_many(rows, "passed"), how_many(rows, "passed, with remarks"),
                     how_many(rows, "FAILED"), how_many(rows, "not exercised"));
}

constexpr std::string_view style =
    "body{font:15px/1.5 sans-serif;margin:2em auto;max-width:75em;padding:0 "
    "1em;color:#1a1a1a;background:#fff}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3em .6em;border-bottom:1px "
    "solid "
    "#ccc;vertical-align:top}td.n{text-align:right}tr.failed td{background:#fbe3e1}tr.not td{color:#595959}"
    "@media print{body{margin:0;max-width:none}tr{break-inside:avoid}thead{display:table-header-group}}";

std::string_view row_class(Row const& row) {
  if (row.result == "FAILED") return "failed";
  return row.result == "not exercised" ? "not" : "ok";
}

}  // namespace

std::string text(Acceptance const& acceptance) {
  auto const all = rows(acceptance);
  auto out =
      fmt::format("ACCEPTANCE REPORT\n\nchecked   {}\nmessages  {}{}{}\nresult    {}\n          {}\n\n",
                  acceptance.title, acceptance.messages, acceptance.kinds.empty() ? "" : ": ",
                  kinds(acceptance), verdict(acceptance, all), summary(all));
  out += fmt::format("{:<8}{:<34}{:>9}{:>9}  {:<21}{}\n", "rule", "name", "messages", "findings", "result",
                     "paragraph");
  for (auto const& [rule, tested, result] : all)
    fmt::format_to(std::back_inserter(out), "{:<8}{:<34}{:>9}{:>9}  {:<21}{}\n", rule->id, rule->name,
                   tested.messages, tested.findings, result, rule->page.citation);
  return out;
}

std::string html(Acceptance const& acceptance) {
  auto const all = rows(acceptance);
  auto out = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Acceptance report: {0}</title>"
      "<style>{1}</style></head>\n<body><h1>Acceptance report</h1>\n<p>Checked: <strong>{0}</strong>, {2} "
      "messages ({3}).</p>\n<p>Result: <strong>{4}</strong>.<br>{5}.</p>\n<table><thead><tr><th "
      "scope=\"col\">Rule</th><th scope=\"col\">What is required</th><th scope=\"col\">Paragraph</th><th "
      "scope=\"col\">Messages</th><th scope=\"col\">Findings</th><th "
      "scope=\"col\">Result</th></tr></thead><tbody>\n",
      escaped(acceptance.title), style, acceptance.messages, escaped(kinds(acceptance)),
      verdict(acceptance, all), summary(all));
  for (auto const& row : all)
    fmt::format_to(std::back_inserter(out),
                   "<tr class=\"{}\"><th scope=\"row\">{}<br><small>{}</small></th><td>{}</td><td>{}</td><td "
                   "class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>\n",
                   row_class(row), row.rule->id, row.rule->name, escaped(row.rule->page.what),
                   escaped(row.rule->page.citation), row.tested.messages, row.tested.findings, row.result);
  return out + "</tbody></table></body></html>\n";
}

}  // namespace torntape::validator::reports::acceptance
