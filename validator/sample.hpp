// Good messages to put examples into, to break and to show. All posts beginning RT and all texts are made
// up; the other indicators are those of the seed (fixtures/seed).
#pragma once

#include <memory>
#include <string>

#include "grammar/parser.hpp"
#include "validator/rule.hpp"

namespace torntape::validator {

// Empty where there is none of that profile and kind: `state` has all kinds but ABBREV, `acp126` ABBREV only,
// the others RELAY, `janap128` ORIGIN too. `archive`: as archives keep it, without FL11, FL13, FL15 and FL16.
[[nodiscard]] View sample(Profile profile, CopyKind kind, bool archive = false);

// The network the samples travel in.
[[nodiscard]] std::shared_ptr<directory::Directory const> sample_directory();

// How a rule's examples are to be read: the first profile that applies it, ORIGIN where it is for those only,
// and in tape notation (grammar/alphabets/tape.hpp) as ITA2 where they hold shifts.
[[nodiscard]] grammar::Settings settings_for(Rule const& rule);

// `lines`, one of the page's examples, put into the sample as `Page` says.
[[nodiscard]] std::string example(Rule const& rule, View lines);

}  // namespace torntape::validator
