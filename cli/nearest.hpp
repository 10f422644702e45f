// What may have been meant by a word that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace torntape::cli {

// The candidates nearest to the word, best first, at most three; none that differ in more than a third of
// their letters. Case does not count.
[[nodiscard]] std::vector<std::string> nearest(std::string_view word,
                                               std::vector<std::string> const& candidates);

// "; did you mean 'check' or 'collect'?", or nothing.
[[nodiscard]] std::string did_you_mean(std::vector<std::string> const& candidates);

}  // namespace torntape::cli
