// One message of a simulation, as it is known from outside the relays.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/message.hpp"
#include "router/simulation/clock.hpp"

namespace torntape::simulation {

using MessageIndex = std::uint32_t;

// One step of a message, or of a service message, as people are told it.
struct Step {
  Now at{};
  std::string place;  // a relay or a station
  std::string what;   // "sends XRO3820 over XR to RTEA"
  std::string heading = {};
};

// That one station is to have one message.
struct Duty {
  std::string station;
  std::uint64_t key = 0;  // its first letters as a number: it is looked for often
  grammar::AddresseeKind kind = grammar::AddresseeKind::info;
  grammar::Precedence precedence = grammar::Precedence::routine;
  std::optional<Now> delivered = {};
  std::uint32_t copies = 0, unmarked = 0;  // that came
  std::uint32_t holders = 0;               // copies that are to bring it there, at whatever relay
  bool intercepted = false;

  [[nodiscard]] static std::uint64_t key_of(std::string_view station) {
    std::uint64_t key = 0;
    std::memcpy(&key, station.data(), std::min(sizeof key, station.size()));
    return key;
  }
};

struct Tracked {
  MessageIndex index = 0;
  std::string identity;   // "RUEHTA 1399/01 2290141"
  std::string reference;  // "ASTANA 001399"
  std::string station;
  Now filed_at{};
  std::optional<Now> accepted_at = {};
  grammar::Precedence precedence = grammar::Precedence::routine;
  std::vector<Duty> duties = {};
  std::vector<Step> journey = {};
  std::string refused = {};  // why
  bool garbled = false;      // something of it came out of a line as something else
};

// "RUEHTA 1399/01 2290141", "RUEHTA 1399", "ASTANA 001399" or a serial alone may mean it.
[[nodiscard]] bool is_named(Tracked const& message, std::string_view words);

}  // namespace torntape::simulation
