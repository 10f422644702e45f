// A message sent again says so: an operating signal at the end of FL5, or of FL4 where there is no FL5.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace torntape::send {

// ZFD, a suspected duplicate (ACP 127(G) 427), or ZDK, a repetition that was asked for (417). As it is where
// it says so already; none where it has neither line.
[[nodiscard]] std::optional<std::string> marked(std::string const& text, std::string_view signal);

}  // namespace torntape::send
