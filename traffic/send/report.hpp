// A tally, a passage as the schema has them.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <torntape/v1/sending.pb.h>
#include <torntape/v1/traffic.pb.h>

#include "traffic/send/expectation.hpp"
#include "traffic/send/faults.hpp"
#include "traffic/send/lane.hpp"

namespace torntape::send {

[[nodiscard]] v1::DestinationReport to_proto(std::string const& destination, Tally const& tally,
                                             std::vector<Expectation> const& expectations);

// `since_epoch`: what is to be added to a time to have that of the day.
[[nodiscard]] v1::SentMessage to_proto(std::string const& destination, Passage const& passage,
                                       std::chrono::nanoseconds since_epoch);

// A label as those of made-up traffic: of a good message its rule is "none", a fault has no rule.
[[nodiscard]] v1::Label to_proto(Fault const& fault);

}  // namespace torntape::send
