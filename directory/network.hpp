// Who is who: relays, stations, collectives and circuits, as a network file names them. Immutable once
// read; pointers into it stay valid as long as it lives.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "directory/endpoint.hpp"
#include "grammar/message.hpp"

namespace torntape::directory {

// The highest classification a circuit or a station may take, lowest first (ACP 127(G) 124, 203, 403).
enum class Class : std::uint8_t { unclassified, efto, restricted, confidential, secret, top_secret };

// Where something stands on a map, in degrees; north and east are positive.
struct Place {
  double latitude = 0, longitude = 0;
  bool operator==(Place const&) const = default;
};

struct Relay {
  std::string indicator;              // "RTAA"
  std::string name;                   // "RELAY ALFA"
  std::vector<std::string> prefixes;  // indicators it serves by their first letters
  bool transfer = false;              // a gate to another network (ACP 127(G) 305)
  std::optional<Place> place = {};
};

struct Station {
  std::string indicator;  // "RUEHC"
  std::string name;       // "SECSTATE WASHDC", its plain language address
  std::string relay;      // indicator of the relay that serves it
  Class cleared_to = Class::top_secret;
  bool day_only = false;  // not manned round the clock
  std::string guard;      // indicator of the station that keeps its traffic, for a mobile one
  std::optional<Place> place = {};
};

// A group title whose membership lives here, not in the message (ACP 127(G) 205.b; 5 FAH-2 H-231).
struct Collective {
  std::string indicator;                  // empty for an AIG, which has none (205.c)
  std::string title;                      // "ALL SOUTH AND CENTRAL ASIA COLLECTIVE", "AIG 9901"
  std::string owner;                      // indicator of the relay that expands it; empty for an AIG
  std::string originator;                 // of an AIG, the listed one
  std::vector<std::string> members;       // indicators; of an AIG its action members
  std::vector<std::string> info_members;  // of an AIG only
};

struct Circuit {
  std::string name;           // "XR"
  std::string first, second;  // indicators of the relays at its ends
  std::string out_channel;    // designator from the first end, "XRO"
  std::string in_channel;     // designator towards the first end, "XRI"
  std::uint32_t bits_per_second = 0;
  Class approved_to = Class::unclassified;
  std::vector<std::vector<std::string>> alternates = {};  // names of circuits, each list one way round
  std::optional<Endpoint> dial = {};  // where the second end listens: the first end calls it there
};

struct Network {
  std::string name;
  std::string web_drop;  // indicator of the database that takes single drop copies, or empty
  std::vector<Relay> relays;
  std::vector<Station> stations;
  std::vector<Collective> collectives;
  std::vector<Circuit> circuits;
};

// A network with the look-ups that parsing, checking and routing need.
class Directory {
 public:
  explicit Directory(Network network);
  Directory(Directory const&) = delete;
  Directory& operator=(Directory const&) = delete;

  [[nodiscard]] Network const& network() const { return network_; }
  [[nodiscard]] Relay const* relay(std::string_view indicator) const;
  [[nodiscard]] Station const* station(std::string_view indicator) const;
  [[nodiscard]] Station const* station_named(std::string_view plain_language_address) const;
  [[nodiscard]] Collective const* collective(std::string_view indicator) const;
  [[nodiscard]] Collective const* collective_titled(std::string_view title) const;
  // RT-55: the relay that serves an indicator: its station's entry first, else the longest prefix.
  [[nodiscard]] Relay const* serving_relay(std::string_view indicator) const;

 private:
  using Index = std::unordered_map<std::string_view, std::size_t>;
  Network network_;
  Index relays_, stations_, names_, collectives_, titles_, prefixes_;
  std::size_t longest_prefix_ = 0;
};

}  // namespace torntape::directory
