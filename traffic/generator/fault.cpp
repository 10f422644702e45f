#include "traffic/generator/fault.hpp"

#include <algorithm>

#include "traffic/generator/damage.hpp"

namespace torntape::generator {

namespace {

using validator::Rule;

Fault fault_of(Rule const& rule) { return {&rule, {}, rule.violate, rule.violate_run}; }
Fault fault_of(Damage const& damage) {
  auto const* const rule = validator::rule(damage.rule);
  return {rule, damage.name, damage.inflict != nullptr ? damage.inflict : rule->violate, nullptr};
}

bool is_of_family(Rule const& rule, std::string_view family) {
  return rule.id.size() > family.size() && rule.id.starts_with(family) && rule.id[family.size()] == '-';
}

// How many there were.
std::size_t add(std::string_view word, std::vector<Fault>& faults) {
  auto const before = faults.size();
  for (auto const& rule : validator::rules())
    if (word == "all" || word == rule.id || word == rule.name || is_of_family(rule, word))
      faults.push_back(fault_of(rule));
  for (auto const& damage : damages())
    if (word == "all" || word == damage.name) faults.push_back(fault_of(damage));
  return faults.size() - before;
}

}  // namespace

std::string_view name(Fault const& fault) { return fault.damage.empty() ? fault.rule->id : fault.damage; }

Faults faults_named(std::vector<std::string> const& words) {
  Faults named;
  for (auto const& word : words)
    if (add(word, named.faults) == 0) named.unknown.push_back(word);
  return named;
}

std::vector<std::string> fault_names() {
  std::vector<std::string> names{"all"};
  for (auto const& rule : validator::rules())
    for (auto const name : {rule.id, rule.name}) names.emplace_back(name);
  for (auto const& damage : damages()) names.emplace_back(damage.name);
  return names;
}

bool applies(Fault const& fault, grammar::Profile profile) {
  return fault.rule->severities[profile] != grammar::Severity::off;
}

}  // namespace torntape::generator
