// What test traffic a client asks for, in the generator's words.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include <torntape/v1/making.pb.h>

#include "directory/network.hpp"
#include "traffic/generator/stream.hpp"

namespace torntape::service {

struct TrafficPlan {
  v1::TrafficRequest request;  // with all that was left open
  generator::Plan plan;
};

// Why it cannot be, in words. `seed` is taken where none is asked for.
[[nodiscard]] std::variant<TrafficPlan, std::string> traffic_plan(v1::TrafficRequest request,
                                                                  directory::Directory const& directory,
                                                                  std::uint64_t seed);

// What there is to choose from.
[[nodiscard]] v1::TrafficChoices traffic_choices();

}  // namespace torntape::service
