#include "validator/reports/markdown.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "validator/reports/page.hpp"
#include "validator/reports/source_line.hpp"

namespace torntape::validator::reports {

namespace {

constexpr std::array profiles{Profile::state, Profile::acp127, Profile::acp127_us, Profile::janap128,
                              Profile::acp126};

std::string_view in_words(Safety mend) {
  if (mend == Safety::safe) return "safe: cannot change the meaning, made by `check --fix`";
  return mend == Safety::unsafe ? "a likely repair, made by `check --fix --unsafe-fixes`" : "none";
}

std::string block(std::string_view text) {
  if (text.empty()) return "(the line is absent)\n";
  return fmt::format("```\n{}{}```\n", with_pictures(text), text.ends_with('\n') ? "" : "\n");
}

std::string_view family(Rule const& rule) { return rule.id.substr(0, rule.id.find('-')); }

std::string title_of(std::string_view family) {
  if (family == "GEN") return "The heading as a whole";
  if (family == "X") return "Cross-checks";
  if (family == "OPS") return "Operating signals";
  return fmt::format("Format line {}", family.substr(2));
}

std::string letters(Rule const& rule) {
  std::string out;
  for (auto const profile : profiles) out += "-IWE"[static_cast<std::size_t>(rule.severities[profile])];
  return out;
}

std::string rows(std::function<bool(Rule const&)> const& wanted) {
  std::string out = "| rule | name | SAUJX | what is required |\n| --- | --- | --- | --- |\n";
  for (auto const& rule : rules())
    if (wanted(rule))
      out += fmt::format("| [{0}]({0}.md) | {1} | `{2}` | {3} |\n", rule.id, rule.name, letters(rule),
                         rule.page.what);
  return out + '\n';
}

std::string links(std::function<bool(Rule const&)> const& wanted) {
  std::string out;
  for (auto const& rule : rules())
    if (wanted(rule)) out += fmt::format("{0}[{1}]({1}.md)", out.empty() ? "" : ", ", rule.id);
  return out.empty() ? "none" : out;
}

std::string by_format_line() {
  std::string out;
  std::string_view last;
  for (auto const& rule : rules())
    if (auto const own = family(rule); own != last) {
      last = own;
      out += fmt::format("## {}\n\n", title_of(own)) +
             rows([&](Rule const& each) { return family(each) == own; });
    }
  return out;
}

std::string by_severity() {
  std::string out =
      "## By severity in a profile\n\n| profile | errors | warnings | information |\n| --- | --- | --- | --- "
      "|\n";
  for (auto const profile : profiles) {
    out += fmt::format("| {} |", name(profile));
    for (auto const severity : {Severity::error, Severity::warning, Severity::info})
      out +=
          fmt::format(" {} |", links([&](Rule const& rule) { return rule.severities[profile] == severity; }));
    out += '\n';
  }
  return out;
}

}  // namespace

std::string markdown(Rule const& rule) {
  auto const& page = rule.page;
  auto out = fmt::format("# {} {}\n\n{} {}\n\n", rule.id, rule.name, page.what, page.why);
  out += fmt::format(
      "| | |\n| --- | --- |\n| severity | {} |\n| applies to | {} |\n| mend | {} |\n| source | {} |\n",
      severities_in_words(rule), kinds_in_words(rule), in_words(rule.mend), page.citation);
  if (rule.follow != nullptr)
    out +=
        "| needs | several messages in their order: `check --continuity`; at most 100,000 messages, "
        "addressees or "
        "posts are remembered, of more the oldest are forgotten |\n";
  return out + fmt::format("\nGood:\n\n{}\nBad:\n\n{}", block(page.good), block(page.bad));
}

std::string markdown_index() {
  return fmt::format(
             "# Rules\n\nWritten by `torntape rules --markdown docs/rules` from the files in "
             "`validator/rules`; "
             "`torntape explain RULE` prints the same page with what the checker says of the bad "
             "example.\n\nSAUJX: the "
             "severity in the profiles state, acp127, acp127-us, janap128 and acp126: E error, W warning, I "
             "information, - not applied.\n\n{}",
             by_format_line()) +
         by_severity();
}

}  // namespace torntape::validator::reports
