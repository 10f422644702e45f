#include "validator/rule.hpp"

#include <algorithm>
#include <unordered_map>

namespace torntape::validator {

namespace {

// Rules of FL1-FL4: an abbreviated copy starts at FL5, their lines are not its own to judge.
bool of_the_stripped_lines(Rule const& rule) {
  auto const id = rule.id;
  return id.starts_with("FL1-") || id.starts_with("FL2-") || id.starts_with("FL3-") || id.starts_with("FL4-");
}

bool applies(Rule const& rule, CopyKind kind, bool archive) {
  auto const& kinds = rule.kinds;
  if (archive && !kinds.archive) return false;
  switch (kind) {
    case CopyKind::origin:
      return true;
    case CopyKind::relay:
      return kinds.relay;
    case CopyKind::web:
      return kinds.web_and_abbreviated;
    case CopyKind::abbreviated:
      return kinds.web_and_abbreviated && !of_the_stripped_lines(rule);
  }
  return true;
}

}  // namespace

Rule const* rule(std::string_view id_or_name) {
  static auto const index = [] {
    std::unordered_map<std::string_view, Rule const*> by_word;
    for (auto const& each : rules()) by_word.insert({{each.id, &each}, {each.name, &each}});
    return by_word;
  }();
  auto const found = index.find(id_or_name);
  return found == index.end() ? nullptr : found->second;
}

Severity severity(Rule const& rule, Profile profile, CopyKind kind, bool archive) {
  if (!applies(rule, kind, archive)) return Severity::off;
  auto const of_profile = rule.severities[profile];
  return archive ? std::min(of_profile, rule.kinds.archive_at_most) : of_profile;
}

}  // namespace torntape::validator
