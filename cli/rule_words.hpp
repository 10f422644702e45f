// Words that name rules: ids, names and families.
#pragma once

#include <optional>
#include <string>

namespace torntape::cli {

// "no rule or family 'FL2-99'; did you mean 'FL2-09'?", or none where the word names one.
[[nodiscard]] std::optional<std::string> no_such_rule(std::string const& word);

}  // namespace torntape::cli
