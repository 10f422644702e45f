// What is simulated: a network, the traffic in it, what goes wrong, and what is expected all the same.
// scenario_file.hpp reads one from TOML.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "directory/network.hpp"
#include "grammar/message.hpp"
#include "router/simulation/clock.hpp"
#include "traffic/generator/message.hpp"

namespace torntape::simulation {

// Of one direction of a circuit. Rates are in thousandths of a bit a second: 45.5 baud is 45,500.
struct Quality {
  std::uint64_t millibits_per_second = 0;  // 0: as the network file says
  Duration delay{20};                      // on the way
  std::uint32_t changed_per_million = 0;   // characters that come out as others
  std::uint32_t lost_per_million = 0;      // characters that do not come out
};

// 10 bits a character, in whole milliseconds, never less than one.
[[nodiscard]] Duration time_on_line(std::size_t characters, std::uint64_t millibits_per_second);

struct CircuitSettings {
  std::string circuit;
  std::optional<std::uint64_t> millibits_per_second = {};
  std::optional<Duration> delay = {};
  std::optional<std::uint32_t> changed_per_million = {}, lost_per_million = {};
  std::optional<std::uint16_t> prime = {};  // the first message from the first end leaves under this number
};

// Minutes of the day (UTC) in which those stations work that do so by day only.
struct Hours {
  Duration opens{std::chrono::hours{8}}, closes{std::chrono::hours{18}};
};

struct StationSettings {
  std::uint64_t millibits_per_second = 300'000;  // of the tributary, either way
  Hours hours;
  Duration called_in{std::chrono::minutes{15}};  // until somebody comes for NIACT or FLASH
};

// A message filed at a time: a text, or one that is made up when its time has come.
struct Filing {
  Duration at{};
  std::string station;
  std::string text = {};
  std::string source = {};  // the file it came from, or empty
  struct Made {
    generator::Mix mix;
    std::uint32_t serial = 1;  // of the station
    bool astray = false;       // for a station that nobody knows
  };
  std::shared_ptr<Made const> made = {};
};

// Made-up traffic.
struct Traffic {
  std::vector<std::string> from;  // stations
  std::uint32_t per_day = 0;      // messages of one station
  generator::Mix mix;
  std::array<std::uint32_t, 24> curve{};  // weights of the hours, UTC
  Duration at{}, until{};
};

// What goes wrong.
struct CircuitClosed {
  std::string circuit;
  Duration at{}, until{};
};
struct Garbles {
  std::string circuit;
  Duration at{}, until{};
  std::uint32_t changed_per_million = 0, lost_per_million = 0;
};
struct RelayCrash {
  std::string relay;
  Duration at{}, lasts{};
};
struct StationCutOff {
  std::string station;
  Duration at{}, until{};
};
struct Flood {  // of FLASH
  std::string station;
  Duration at{};
  std::uint32_t messages = 0;
  Duration every{};
};
struct Minimize {  // ROUTINE and PRIORITY of the made-up traffic are not filed
  Duration at{}, until{};
};
struct WrongIndicator {  // a message is filed for a station that nobody knows
  std::string station;
  Duration at{};
};
struct WrongTable {  // one relay takes a station for another relay's, all the time
  std::string relay, station, served_by;
};
using Trouble = std::variant<CircuitClosed, Garbles, RelayCrash, StationCutOff, Flood, Minimize,
                             WrongIndicator, WrongTable>;

// What is expected.
struct AllDelivered {};
struct DeliveredWithin {
  grammar::Precedence precedence = grammar::Precedence::none;
  Duration within{};
};
struct NoUnmarkedDuplicate {};
struct Transmissions {  // of messages, over a channel ("XRO"), or a circuit, either way
  std::string over;
  bool is_channel = false;
  std::size_t count = 0;
};
struct Heading {  // of one transmission: FL1 to FL3 as in a file
  std::string channel, number;
  std::string lines;  // joined by "\n"
  std::string source;
};
using Expected = std::variant<AllDelivered, DeliveredWithin, NoUnmarkedDuplicate, Transmissions, Heading>;

struct Scenario {
  std::string name, about;
  std::string network_file;  // as it is to be written into a scenario
  std::shared_ptr<directory::Directory const> directory;
  std::uint64_t seed = 1;
  Now begin{std::chrono::sys_days{std::chrono::year{2009} / 8 / 17}};
  Duration duration{std::chrono::hours{1}};  // of traffic and troubles
  Duration run_out{std::chrono::hours{48}};  // until all is delivered, at most
  Duration commit{2};                        // what it takes to make records durable
  Quality lines;
  std::vector<CircuitSettings> circuits;
  StationSettings stations;
  std::vector<Filing> filings;
  std::vector<Traffic> traffic;
  std::vector<Trouble> troubles;
  std::vector<Expected> expectations;
};

}  // namespace torntape::simulation
