// A dry run as people read it, and in the schema.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <torntape/v1/report.pb.h>

#include "cli/dry_run.hpp"
#include "cli/terminal.hpp"

namespace torntape::cli {

struct RouteTotals {
  std::size_t action = 0, info = 0, intercepted = 0;
};
[[nodiscard]] RouteTotals totals(std::vector<Hop> const& hops);

[[nodiscard]] std::string in_text(std::vector<Hop> const& hops, grammar::Message const& message,
                                  directory::Directory const& directory, Style const& style);
[[nodiscard]] v1::RouteReport to_proto(std::vector<Hop> const& hops, grammar::Message const& message,
                                       directory::Directory const& directory, std::string_view source);

}  // namespace torntape::cli
