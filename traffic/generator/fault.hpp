// Ways to break a message on purpose: the mutation that every rule of the validator carries, and the damages
// of the rulebook's own table (damage.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "validator/draft.hpp"
#include "validator/rule.hpp"

namespace torntape::generator {

struct Fault {
  validator::Rule const* rule = nullptr;  // what must be reported
  std::string_view damage;                // its name; empty of a rule's own mutation
  bool (*violate)(validator::Draft&, validator::Random&) = nullptr;
  bool (*violate_run)(validator::Run&, validator::Random&) = nullptr;
};

// "FL7-05", "lost-slash".
[[nodiscard]] std::string_view name(Fault const& fault);

struct Faults {
  std::vector<Fault> faults;
  std::vector<std::string> unknown;  // words that name nothing
};

// By id or name of a rule, by family ("FL2"), by name of a damage, or "all": all rules and damages.
[[nodiscard]] Faults faults_named(std::vector<std::string> const& words);

// Everything that `faults_named` knows, but for families.
[[nodiscard]] std::vector<std::string> fault_names();

// Whether the rule applies to any copy of this profile.
[[nodiscard]] bool applies(Fault const& fault, grammar::Profile profile);

}  // namespace torntape::generator
