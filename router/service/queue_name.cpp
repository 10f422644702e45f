#include "router/service/queue_name.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "router/service/response.hpp"

namespace torntape::service {

std::variant<std::string, v1::Refusal> queue_name(std::string_view asked,
                                                  directory::Directory const* directory) {
  if (directory == nullptr || directory->station(asked) != nullptr ||
      directory->station_named(asked) == nullptr)
    return std::string(asked);
  std::vector<std::string> indicators;
  for (auto const& station : directory->network().stations)
    if (station.name == asked) indicators.push_back(station.indicator);
  if (indicators.size() == 1) return std::move(indicators.front());
  return refusal(v1::REASON_NOT_FOUND,
                 fmt::format("several stations are {}; name the queue by its indicator: {}", asked,
                             fmt::join(indicators, ", ")));
}

}  // namespace torntape::service
