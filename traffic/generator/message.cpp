#include "traffic/generator/message.hpp"

#include <algorithm>

#include "traffic/generator/draw.hpp"
#include "traffic/generator/telegram.hpp"

namespace torntape::generator {

using directory::Directory;
using directory::Station;

std::vector<Station const*> originators(Directory const& directory) {
  std::vector<Station const*> chosen;
  for (auto const& station : directory.network().stations)
    if (is_mission(station)) chosen.push_back(&station);
  if (!chosen.empty()) return chosen;
  for (auto const& station : directory.network().stations) chosen.push_back(&station);
  return chosen;
}

std::string message(Random& random, Directory const& directory, Mix const& mix, Occasion const& occasion) {
  auto const channel = tributary_channel(occasion.from->indicator);
  Telegram telegram;
  telegram.from = occasion.from;
  telegram.time = occasion.time;
  telegram.serial = telegram.channel_number = occasion.serial;
  telegram.channel = channel;
  TrafficMix traffic;
  traffic.content = mix;
  draw(random, directory, traffic, telegram);
  call_all(directory, telegram);
  Room room;
  return std::string(print(telegram, mix, random, room));
}

std::string tributary_channel(std::string_view station) {
  std::string channel(station.substr(station.size() - std::min<std::size_t>(2, station.size())));
  return channel.append("I");
}

}  // namespace torntape::generator
