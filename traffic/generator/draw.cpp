#include "traffic/generator/draw.hpp"

#include <algorithm>
#include <array>

namespace torntape::generator {

namespace {

using directory::Class;
using directory::Collective;
using directory::Directory;
using directory::Station;
using grammar::Profile;

constexpr std::uint64_t most_info_addressees = 6;  // one fewer
constexpr std::uint64_t most_of_a_book = 6;
constexpr std::uint64_t most_in_an_autodin_line = 4;  // its header has fixed positions
constexpr std::uint8_t flash = 3, immediate = 2;

// Whether a share of a hundred has been drawn. What is never or always drawn costs no draw, so that a mix
// without it makes the messages it made before.
bool drawn(Random& random, std::uint32_t per_cent) { return per_cent != 0 && random.below(100) < per_cent; }

class Drawing {
 public:
  Drawing(Random& random, Directory const& directory, TrafficMix const& mix, Telegram& telegram)
      : random_(random), directory_(directory), mix_(mix), it_(telegram) {}

  void run() {
    it_.action.clear();
    it_.info.clear();
    it_.exempted.clear();
    it_.fl4_signal = it_.fl5_signal = {};
    it_.caption = "SIPDIS";
    draw_precedence();
    draw_addressees();
    if (it_.form == Form::readdressed) it_.original_from = &random_.one_of(directory_.network().stations);
    draw_class();
    draw_exemptions();
    draw_signals();
    draw_caption();
  }

 private:
  void draw_precedence() {
    it_.precedence = static_cast<std::uint8_t>(random_.by_weight(mix_.content.precedences));
    // FLASH is not sent to some at less: that would be two transmissions (ACP 127(G) 152.e).
    it_.info_precedence = it_.precedence == flash || random_.below(4) != 0
                              ? it_.precedence
                              : static_cast<std::uint8_t>(random_.below(it_.precedence + 1));
  }

  void draw_addressees() {
    bool const on_one_line = it_.profile == Profile::janap128;
    if (it_.form == Form::book) {
      auto const most = on_one_line ? most_in_an_autodin_line - 1 : most_of_a_book;
      return add_stations(2 + random_.below(most), it_.action);
    }
    if (it_.form == Form::group && add_group()) return;
    add_stations(1 + random_.below(2), it_.action);
    if (random_.below(100) < mix_.content.collectives_per_cent) add_collective();
    add_stations(random_.below(most_info_addressees), it_.info);
    if (on_one_line) {
      auto const room = most_in_an_autodin_line - std::min(most_in_an_autodin_line, it_.action.size());
      if (it_.info.size() > room) it_.info.resize(room);
    }
  }

  void add_stations(std::uint64_t count, std::vector<Address>& addresses) {
    for (std::uint64_t i = 0; i != count; ++i) add_station(addresses);
  }

  void add_station(std::vector<Address>& addresses) {
    auto const& stations = directory_.network().stations;
    auto const* station = drawn_station(stations);
    // Every action addressee counts: where chance finds none, the first that is left is taken.
    if (station == nullptr && addresses.empty()) {
      auto const left =
          std::ranges::find_if(stations, [this](Station const& each) { return may_be_used(each); });
      if (left != stations.end()) station = &*left;
    }
    if (station == nullptr) return;
    auto const numbered = is_mission(*station) && random_.below(3) != 0;
    auto const number = numbered ? static_cast<std::uint32_t>(random_.between(1, 9'999)) : 0;
    addresses.push_back(
        {station->indicator, station->name, station, precedence_of(addresses), false, number});
  }

  [[nodiscard]] std::uint8_t precedence_of(std::vector<Address> const& addresses) const {
    return &addresses == &it_.action ? it_.precedence : it_.info_precedence;
  }

  [[nodiscard]] Station const* drawn_station(std::vector<Station> const& stations) {
    constexpr int attempts = 8;
    for (int i = 0; i != attempts; ++i)
      if (auto const& station = random_.one_of(stations); may_be_used(station)) return &station;
    return nullptr;
  }

  [[nodiscard]] bool may_be_used(Station const& station) const {
    auto const is_it = [&](Address const& address) { return address.station == &station; };
    return &station != it_.from && station.indicator != directory_.network().web_drop &&
           std::ranges::none_of(it_.action, is_it) && std::ranges::none_of(it_.info, is_it);
  }

  void add_collective() {
    auto const& all = directory_.network().collectives;
    if (all.empty()) return;
    auto const& collective = random_.one_of(all);
    if (!collective.indicator.empty())  // an AIG is addressed for action
      it_.info.push_back({collective.indicator, collective.title, nullptr, it_.info_precedence, false, 0});
  }

  // An AIG has no indicator; false where the network has none.
  bool add_group() {
    auto const& all = directory_.network().collectives;
    auto const group =
        std::ranges::find_if(all, [](Collective const& each) { return each.indicator.empty(); });
    if (group == all.end()) return false;
    it_.action.push_back({{}, group->title, nullptr, it_.precedence, false, 0});
    return true;
  }

  // FL7-30: every station that gets it may take its class.
  [[nodiscard]] bool all_may_take(Class classification) const {
    auto const may = [&](Station const* station) {
      return station == nullptr || station->cleared_to >= classification;
    };
    auto const may_member = [&](std::string const& member) { return may(directory_.station(member)); };
    auto const may_address = [&](Address const& address) {
      if (address.station != nullptr) return may(address.station);
      auto const* const group = group_of(directory_, address);
      return std::ranges::all_of(group->members, may_member) &&
             std::ranges::all_of(group->info_members, may_member);
    };
    return may(it_.from) && std::ranges::all_of(it_.action, may_address) &&
           std::ranges::all_of(it_.info, may_address);
  }

  void draw_class() {
    it_.classification = Class::unclassified;
    if (it_.form == Form::service || it_.form == Form::direct_service) return;
    if (all_may_take(Class::confidential) && random_.below(100) < mix_.content.confidential_per_cent)
      it_.classification = Class::confidential;
    if (mix_.secret_per_cent != 0 && all_may_take(Class::secret) && drawn(random_, mix_.secret_per_cent))
      it_.classification = Class::secret;
  }

  // A member of the collective that is not addressed beside it (ACP 127(G) 205.b, 221).
  void draw_exemptions() {
    if (!drawn(random_, mix_.exemptions_per_cent)) return;
    for (auto const* const list : {&it_.action, &it_.info})
      for (auto const& address : *list) {
        if (address.station != nullptr) continue;
        auto const& members = group_of(directory_, address)->members;
        if (members.size() < 2) continue;
        auto const* const member = directory_.station(random_.one_of(members));
        if (member == nullptr || !may_be_used(*member)) continue;
        it_.exempted.push_back(member->name);
        return;
      }
  }

  void draw_signals() {
    constexpr std::array<std::string_view, 4> asking{"ZFF4", "ZFF6", "ZDK", "ZFF3"};
    constexpr std::array<std::string_view, 4> correcting{"ZDS", "ZEL", "ZDK", "ZFG"};
    if (it_.form == Form::book)
      it_.fl5_signal = "ZEX";
    else if (it_.form == Form::correction)
      it_.fl5_signal = random_.one_of(correcting);
    else if (it_.form == Form::cancellation)
      it_.fl5_signal = "ZFR";
    else if (drawn(random_, mix_.instructions_per_cent))
      it_.fl5_signal = random_.one_of(asking);
    // Words for addressees are State's; so is the call out of hours (5 FAH-2 H-420).
    if (it_.profile == Profile::state && it_.precedence == immediate && !it_.action.empty() &&
        drawn(random_, mix_.night_action_per_cent)) {
      it_.action.front().night_action = true;
      it_.fl4_signal = "ZZK";
    } else if (it_.profile != Profile::state && it_.precedence == flash &&
               drawn(random_, mix_.instructions_per_cent)) {
      it_.fl4_signal = "ZGC";  // no receipt wanted (ACP 127(G) 151.b)
    }
  }

  void draw_caption() {
    constexpr std::array<std::string_view, 3> others{"NODIS", "EXDIS", ""};
    if (drawn(random_, mix_.captions_per_cent)) it_.caption = random_.one_of(others);
  }

  Random& random_;
  Directory const& directory_;
  TrafficMix const& mix_;
  Telegram& it_;
};

void sort_out(std::vector<std::string_view>& called) {
  std::ranges::sort(called);
  auto const rest = std::ranges::unique(called);
  called.erase(rest.begin(), rest.end());
}

void call_members(Directory const& directory, Telegram const& telegram, Collective const& group,
                  std::vector<std::string_view>& called) {
  for (auto const* const members : {&group.members, &group.info_members})
    for (std::string_view const member : *members) {
      auto const* const station = directory.station(member);
      if (station == nullptr || station == telegram.from) continue;
      if (std::ranges::find(telegram.exempted, std::string_view{station->name}) == telegram.exempted.end())
        called.push_back(member);
    }
}

}  // namespace

bool is_mission(Station const& station) {
  constexpr std::array<std::string_view, 4> missions{"AMEMBASSY ", "AMCONSUL ", "USMISSION ", "SECSTATE "};
  std::string_view const name = station.name;
  return std::ranges::any_of(missions, [&](auto begin) { return name.starts_with(begin); });
}

Collective const* group_of(Directory const& directory, Address const& address) {
  return address.indicator.empty() ? directory.collective_titled(address.name)
                                   : directory.collective(address.indicator);
}

void draw(Random& random, Directory const& directory, TrafficMix const& mix, Telegram& telegram) {
  Drawing(random, directory, mix, telegram).run();
}

void call_all(Directory const& directory, Telegram& telegram) {
  telegram.called.clear();
  for (auto const* const addresses : {&telegram.action, &telegram.info})
    for (auto const& address : *addresses) {
      if (!address.indicator.empty())
        telegram.called.push_back(address.indicator);
      else if (auto const* const group = group_of(directory, address))
        call_members(directory, telegram, *group, telegram.called);
    }
  sort_out(telegram.called);
}

directory::Relay const* call_one_leg(Random& random, Directory const& directory, Telegram& telegram) {
  auto& called = telegram.called;
  called.clear();
  for (auto const* const addresses : {&telegram.action, &telegram.info})
    for (auto const& address : *addresses)
      if (address.station != nullptr)
        called.push_back(address.indicator);
      else if (auto const* const group = group_of(directory, address))
        call_members(directory, telegram, *group, called);
  sort_out(called);
  if (called.empty()) return nullptr;
  auto const* const relay = directory.serving_relay(random.one_of(called));
  if (relay == nullptr) return nullptr;
  std::erase_if(called, [&](std::string_view each) { return directory.serving_relay(each) != relay; });
  if (telegram.profile == Profile::janap128 && called.size() > most_in_an_autodin_line)
    called.resize(most_in_an_autodin_line);
  return relay;
}

}  // namespace torntape::generator
