#include "validator/reports/page.hpp"

#include <iterator>

#include <fmt/format.h>

#include "validator/checker.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/reports/source_line.hpp"
#include "validator/sample.hpp"

namespace torntape::validator::reports {

namespace {

constexpr std::array profiles{Profile::state, Profile::acp127, Profile::acp127_us, Profile::janap128,
                              Profile::acp126};

std::string_view in_words(Severity severity) {
  if (severity == Severity::off) return "not applied";
  return severity == Severity::info ? "information" : grammar::name(severity);
}

std::string_view in_words(Safety mend) {
  switch (mend) {
    case Safety::safe:
      return "safe: cannot change the meaning, may be applied without asking";
    case Safety::unsafe:
      return "unsafe: a likely repair, applied on request only";
    case Safety::none:
      break;
  }
  return "none";
}

// Words in lines of at most 80 columns.
std::string wrapped(std::string_view text, std::string_view first, std::string_view indent) {
  std::string out{first};
  auto column = first.size();
  while (!text.empty()) {
    auto const word = text.substr(0, text.find(' '));
    if (column + word.size() > 80 && column > indent.size()) {
      out.erase(out.find_last_not_of(' ') + 1);
      out += fmt::format("\n{}", indent);
      column = indent.size();
    }
    out += fmt::format("{} ", word);
    column += word.size() + 1;
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + '\n';
}

std::string indented(std::string_view example, std::string_view indent) {
  auto const pictured = with_pictures(example);
  std::string_view text{pictured};
  std::string out;
  if (text.empty()) return fmt::format("{}(the line is absent)\n", indent);
  while (!text.empty()) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    out += line.empty() ? "\n" : fmt::format("{}{}\n", indent, line);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return out;
}

std::string entry(std::string_view label, std::string_view text) {
  return wrapped(text, fmt::format("{:<12}", label), std::string(12, ' '));
}

// The same of a rule that needs more than one message.
std::string said_about_the_set(Rule const& rule, std::string const& bytes, Style const& style) {
  auto const found = followed(rule, bytes);
  if (found.empty()) return {};
  auto const& [diagnostic, place] = found.front();
  return text({place.source, place.line, place.position}, diagnostic, style);
}

// The rule's own findings in the bad example, as `check` prints them.
std::string said_about_the_example(Rule const& rule, Style const& style) {
  auto const bytes = example(rule, rule.page.bad);
  grammar::Parser parser;
  if (rule.follow != nullptr) return said_about_the_set(rule, bytes, style);
  Checker checker{{{std::string{rule.id}}, {}, {}}, sample_directory()};
  std::string out;
  for (auto const& diagnostic : checker.check(parser.parse(bytes, settings_for(rule))))
    if (out.empty()) out = text({"example", bytes}, diagnostic, style);
  return out;
}

std::string silenced(Rule const& rule) {
  std::string out;
  for (auto const id : rule.silences)
    out += fmt::format("{}{}", out.empty() ? "" : ", ", id == everything ? "every other rule" : id);
  return out;
}

}  // namespace

std::string severities_in_words(Rule const& rule) {
  std::string out;
  for (auto const severity : {Severity::error, Severity::warning, Severity::info, Severity::off}) {
    std::string where;
    for (auto const profile : profiles)
      if (rule.severities[profile] == severity)
        where += fmt::format("{}{}", where.empty() ? "" : ", ", name(profile));
    if (where.empty()) continue;
    out += fmt::format("{}{} in {}", out.empty() ? "" : "; ", in_words(severity), where);
  }
  return out;
}

std::string kinds_in_words(Rule const& rule) {
  auto const& kinds = rule.kinds;
  std::string out = !kinds.relay                 ? "only copies declared to be the ORIGIN's"
                    : !kinds.web_and_abbreviated ? "ORIGIN and RELAY copies"
                    : !kinds.archive             ? "every copy but those of archives"
                                                 : "every copy";
  if (kinds.archive_at_most != Severity::error)
    out += fmt::format("; in archives at most {}", in_words(kinds.archive_at_most));
  return out;
}

std::string page(Rule const& rule, Style const& style) {
  auto const& page = rule.page;
  auto out = fmt::format("{} {}\n\n", rule.id, rule.name);
  out += wrapped(page.what, "", "") + '\n' + wrapped(page.why, "", "") + '\n';
  out += entry("severity", severities_in_words(rule));
  out += entry("applies to", kinds_in_words(rule));
  out += entry("mend", in_words(rule.mend));
  if (rule.follow != nullptr) out += entry("needs", "several messages in their order: check --continuity");
  if (!rule.silences.empty()) out += entry("silences", silenced(rule));
  out += entry("source", page.citation);
  out += fmt::format("\ngood:\n\n{}\nbad:\n\n{}", indented(page.good, "    "), indented(page.bad, "    "));
  if (auto const said = said_about_the_example(rule, style); !said.empty())
    out += fmt::format("\nof which the checker says:\n\n{}", indented(said, "    "));
  return out;
}

std::string list_line(Rule const& rule) {
  std::string letters;
  for (auto const profile : profiles) letters += "-IWE"[static_cast<std::size_t>(rule.severities[profile])];
  return fmt::format("{:<8}{:<34}{:<8}{}", rule.id, rule.name, letters, rule.page.what);
}

}  // namespace torntape::validator::reports
