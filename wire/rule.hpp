// A rule of the validator → the schema's RuleSummary and RulePage.
#pragma once

#include <torntape/v1/report.pb.h>

#include "validator/rule.hpp"

namespace torntape::wire {

[[nodiscard]] v1::RuleSummary to_proto(validator::Rule const& rule);
[[nodiscard]] v1::RulePage page_to_proto(validator::Rule const& rule);

}  // namespace torntape::wire
