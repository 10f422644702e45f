#include "traffic/generator/message.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "grammar/fl02_routing_line/routing_line.hpp"
#include "traffic/generator/words.hpp"

namespace torntape::generator {

namespace {

using directory::Class;
using directory::Collective;
using directory::Directory;
using directory::Station;
using grammar::Precedence;

constexpr std::array precedences{Precedence::routine, Precedence::priority, Precedence::immediate,
                                 Precedence::flash};
constexpr std::array letters{'R', 'P', 'O', 'Z'};
constexpr std::array<std::string_view, 4> words{"", " PRIORITY", " IMMEDIATE", " FLASH"};
constexpr std::array<std::string_view, 4> missions{"AMEMBASSY ", "AMCONSUL ", "USMISSION ", "SECSTATE "};
constexpr std::array<std::string_view, 8> tags{"PREL", "PGOV", "ECON", "ETRD",
                                               "SCUL", "KPAO", "SENV", "AMGT"};
constexpr std::array<std::string_view, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                  "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::uint64_t most_addressees = 6;

// One line of FL7 or FL8.
struct Address {
  std::string_view indicator, name;
  Station const* station = nullptr;  // null of a collective
  std::size_t precedence = 0;        // index into `precedences`
  std::uint32_t number = 0;          // 0: none
};

// What a message is to say, before it is written out.
struct Draft {
  Occasion occasion;
  std::size_t precedence = 0;
  std::size_t info_precedence = 0;
  std::vector<Address> action, info;
  bool confidential = false;
};

bool is_mission(Station const& station) {
  return std::ranges::any_of(missions, [&](auto begin) { return station.name.starts_with(begin); });
}

// The post as the reference line names it: "KARSTOVA"; empty of a station that is no mission.
std::string_view post(Station const& station) {
  std::string_view const name = station.name;
  if (!is_mission(station)) return {};
  return name.starts_with("SECSTATE") ? std::string_view("STATE") : name.substr(name.find(' ') + 1);
}

class Drawing {
 public:
  Drawing(Random& random, Directory const& directory, Mix const& mix)
      : random_(random), directory_(directory), mix_(mix) {}

  Draft draft(Occasion const& occasion) {
    Draft draft{occasion, random_.by_weight(mix_.precedences), 0, {}, {}, false};
    // FLASH is not sent to some at less: that would be two transmissions (ACP 127(G) 152.e).
    draft.info_precedence = draft.precedence == 3 || random_.below(4) != 0
                                ? draft.precedence
                                : static_cast<std::size_t>(random_.below(draft.precedence + 1));
    used_.insert(occasion.from->indicator);
    auto const action = 1 + random_.below(2);
    for (std::uint64_t i = 0; i != action; ++i) add_station(draft.precedence, draft.action);
    if (random_.below(100) < mix_.collectives_per_cent) add_collective(draft.info_precedence, draft.info);
    auto const info = random_.below(most_addressees);
    for (std::uint64_t i = 0; i != info; ++i) add_station(draft.info_precedence, draft.info);
    draft.confidential = may_be_confidential(draft) && random_.below(100) < mix_.confidential_per_cent;
    return draft;
  }

 private:
  void add_station(std::size_t precedence, std::vector<Address>& addresses) {
    auto const& stations = directory_.network().stations;
    auto const* station = drawn(stations);
    // Every action addressee counts: where chance finds none, the first that is left is taken.
    if (station == nullptr && addresses.empty()) {
      auto const left =
          std::ranges::find_if(stations, [this](Station const& each) { return may_be_used(each); });
      if (left != stations.end()) station = &*left;
    }
    if (station == nullptr) return;
    used_.insert(station->indicator);
    auto const numbered = is_mission(*station) && random_.below(3) != 0;
    auto const number = numbered ? static_cast<std::uint32_t>(random_.between(1, 9'999)) : 0;
    addresses.push_back({station->indicator, station->name, station, precedence, number});
  }
  [[nodiscard]] Station const* drawn(std::vector<Station> const& stations) {
    constexpr int attempts = 8;
    for (int i = 0; i != attempts; ++i)
      if (auto const& station = random_.one_of(stations); may_be_used(station)) return &station;
    return nullptr;
  }
  [[nodiscard]] bool may_be_used(Station const& station) const {
    return station.indicator != directory_.network().web_drop && !used_.contains(station.indicator);
  }
  void add_collective(std::size_t precedence, std::vector<Address>& addresses) {
    auto const& all = directory_.network().collectives;
    if (all.empty()) return;
    auto const& collective = random_.one_of(all);
    if (!collective.indicator.empty())  // an AIG is addressed for action
      addresses.push_back({collective.indicator, collective.title, nullptr, precedence, 0});
  }
  // FL7-30: every station that gets it may take its class.
  [[nodiscard]] bool may_be_confidential(Draft const& draft) const {
    auto const may = [](Station const* station) {
      return station == nullptr || station->cleared_to >= Class::confidential;
    };
    auto const all_may = [&](Address const& address) {
      if (address.station != nullptr) return may(address.station);
      auto const& members = directory_.collective(address.indicator)->members;
      return std::ranges::all_of(members,
                                 [&](auto const& member) { return may(directory_.station(member)); });
    };
    return may(draft.occasion.from) && std::ranges::all_of(draft.action, all_may) &&
           std::ranges::all_of(draft.info, all_may);
  }

  Random& random_;
  Directory const& directory_;
  Mix const& mix_;
  std::set<std::string_view> used_;
};

std::string routing_line(Draft const& draft) {
  std::set<std::string> called;
  for (auto const* const addresses : {&draft.action, &draft.info})
    for (auto const& address : *addresses) called.emplace(address.indicator);
  return grammar::fl02::print(precedences[draft.precedence],
                              std::vector<std::string>(called.begin(), called.end()));
}

void print(std::vector<Address> const& addresses, std::string_view prosign, std::string& text) {
  for (auto const& address : addresses) {
    text.append(&address == &addresses.front() ? prosign : std::string_view{});
    fmt::format_to(std::back_inserter(text), "{}/{}{}", address.indicator, address.name,
                   words[address.precedence]);
    if (address.number != 0) fmt::format_to(std::back_inserter(text), " {:04}", address.number);
    text.append("\n");
  }
}

std::string heading(Draft const& draft) {
  auto const& [from, time, serial] = draft.occasion;
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day const date(day);
  auto const day_of_year = (day - std::chrono::sys_days(date.year() / 1 / 1)).count() + 1;
  std::chrono::hh_mm_ss const clock(time - day);
  auto const hours = clock.hours().count();
  auto const minutes = clock.minutes().count();
  auto text =
      fmt::format("VZCZC{}{:04}\n{}\nDE {} #{:04} {:03}{:02}{:02}\n{}\n", tributary_channel(from->indicator),
                  (serial - 1) % 9'999 + 1, routing_line(draft), from->indicator, serial % 10'000,
                  day_of_year, hours, minutes, draft.confidential ? "ZNY CCCCC ZZH" : "ZNR UUUUU ZZH");
  bool const dual = draft.info_precedence != draft.precedence && !draft.info.empty();
  fmt::format_to(
      std::back_inserter(text), "{}{} {:02}{:02}{:02}Z {} {:02}\nFM {}\n", letters[draft.precedence],
      dual ? fmt::format(" {}", letters[draft.info_precedence]) : std::string(),
      static_cast<unsigned>(date.day()), hours, minutes, months[static_cast<unsigned>(date.month()) - 1],
      static_cast<int>(date.year()) % 100, from->name);
  print(draft.action, "TO ", text);
  print(draft.info, "INFO ", text);
  return text;
}

std::string ending(Random& random, Draft const& draft, Mix const& mix) {
  auto const& [from, time, serial] = draft.occasion;
  auto const place = post(*from);
  std::string text = draft.confidential ? "BT\nC O N F I D E N T I A L" : "BT\nUNCLAS";
  if (!place.empty()) fmt::format_to(std::back_inserter(text), " {} {:06}", place, serial % 1'000'000);
  text.append("\n\nSIPDIS\n\n");
  if (draft.confidential) {
    std::chrono::year_month_day const date(std::chrono::floor<std::chrono::days>(time));
    fmt::format_to(std::back_inserter(text), "E.O. 12958: DECL: {:02}/{:02}/{}\n",
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                   static_cast<int>(date.year()) + 10);
  } else {
    text.append("E.O. 12958: N/A\n");
  }
  auto const first = random.below(tags.size());
  auto const second = (first + 1 + random.below(tags.size() - 1)) % tags.size();
  fmt::format_to(std::back_inserter(text), "TAGS: {} {}\nSUBJECT: {}\n", tags[first], tags[second],
                 subject(random));
  auto const lines = static_cast<std::uint32_t>(random.between(mix.fewest_lines, mix.most_lines));
  text.append(paragraphs(random, lines, draft.confidential ? 'C' : 'U'));
  fmt::format_to(std::back_inserter(text), "BT\n#{:04}\nNNNN\n", serial % 10'000);
  return text;
}

}  // namespace

std::vector<Station const*> originators(Directory const& directory) {
  std::vector<Station const*> chosen;
  for (auto const& station : directory.network().stations)
    if (is_mission(station)) chosen.push_back(&station);
  if (!chosen.empty()) return chosen;
  for (auto const& station : directory.network().stations) chosen.push_back(&station);
  return chosen;
}

std::string message(Random& random, Directory const& directory, Mix const& mix, Occasion const& occasion) {
  auto const draft = Drawing(random, directory, mix).draft(occasion);
  return heading(draft) + ending(random, draft, mix);
}

std::string tributary_channel(std::string_view station) {
  return fmt::format("{}I", station.substr(station.size() - std::min<std::size_t>(2, station.size())));
}

}  // namespace torntape::generator
