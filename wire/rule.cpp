#include "wire/rule.hpp"

#include <array>
#include <string>

#include "validator/reports/page.hpp"
#include "wire/diagnostic.hpp"
#include "wire/heading.hpp"
#include "wire/utf8.hpp"

namespace torntape::wire {
namespace {

constexpr std::array profiles{grammar::Profile::state, grammar::Profile::acp127, grammar::Profile::acp127_us,
                              grammar::Profile::janap128, grammar::Profile::acp126};

}  // namespace

v1::RuleSummary to_proto(validator::Rule const& rule) {
  v1::RuleSummary summary;
  summary.set_id(std::string{rule.id});
  summary.set_name(std::string{rule.name});
  for (auto const profile : profiles) {
    if (rule.severities[profile] == grammar::Severity::off) continue;
    auto& severity = *summary.add_severities();
    severity.set_profile(to_proto(profile));
    severity.set_severity(to_proto(rule.severities[profile]));
  }
  summary.set_what(std::string{rule.page.what});
  summary.set_citation(std::string{rule.page.citation});
  summary.set_mend(to_proto(rule.mend));
  return summary;
}

v1::RulePage page_to_proto(validator::Rule const& rule) {
  v1::RulePage page;
  *page.mutable_summary() = to_proto(rule);
  page.set_copies(validator::reports::kinds_in_words(rule));
  page.set_why(std::string{rule.page.why});
  page.set_good(utf8(rule.page.good));
  page.set_bad(utf8(rule.page.bad));
  return page;
}

}  // namespace torntape::wire
