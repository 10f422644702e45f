// A telegram before it is written out: who says what to whom, in which shape. The generator draws it, then
// prints it; a reader of the printed text must find the same.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "traffic/generator/ink.hpp"
#include "traffic/generator/mix.hpp"
#include "traffic/generator/random.hpp"

namespace torntape::generator {

// One line of FL7 or FL8.
struct Address {
  std::string_view indicator, name;
  directory::Station const* station = nullptr;  // null of a collective
  std::uint8_t precedence = 0;                  // 0 ROUTINE to 3 FLASH
  bool night_action = false;
  std::uint32_t number = 0;  // continuity number; 0: none
};

struct Telegram {
  grammar::Profile profile = grammar::Profile::state;
  Copy copy = Copy::origin;
  Form form = Form::plaindress;
  directory::Station const* from = nullptr;
  directory::Station const* original_from = nullptr;  // of a readdressed message
  std::chrono::sys_time<std::chrono::minutes> time{};
  std::uint32_t serial = 1;          // of the station, from 1
  std::string_view channel;          // "TAI"; of a relay copy that of its circuit
  std::uint32_t channel_number = 1;  // from 1, before it is cut to the cycle
  std::uint8_t precedence = 0;       // 0 ROUTINE to 3 FLASH
  std::uint8_t info_precedence = 0;
  directory::Class classification = directory::Class::unclassified;
  std::vector<Address> action, info;
  std::vector<std::string_view> exempted;
  std::vector<std::string_view> called;  // FL2
  std::uint32_t section = 0, sections = 0;
  std::string_view fl4_signal, fl5_signal, caption = "SIPDIS";
};

// Prints it; the text is drawn while it is printed. Valid until the room is used again.
[[nodiscard]] std::string_view print(Telegram const& telegram, Mix const& mix, Random& random, Room& room);

}  // namespace torntape::generator
