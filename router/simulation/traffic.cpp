#include "router/simulation/traffic.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace torntape::simulation {

namespace {

using generator::Random;

constexpr std::chrono::minutes minute{1};
constexpr std::uint64_t minutes_an_hour = 60;

// A flood is short and urgent.
constexpr generator::Mix flash{{0, 0, 0, 1}, 0, 0, 3, 8};

bool in_minimize(Scenario const& scenario, Duration at) {
  return std::ranges::any_of(scenario.troubles, [at](Trouble const& trouble) {
    auto const* const minimize = std::get_if<Minimize>(&trouble);
    return minimize != nullptr && at >= minimize->at && at < minimize->until;
  });
}

// What FLASH and IMMEDIATE are left where MINIMIZE is in force.
generator::Mix under_minimize(generator::Mix mix) {
  mix.precedences[0] = mix.precedences[1] = 0;
  return mix;
}

std::size_t hour_of(Scenario const& scenario, Duration at) {
  auto const time = scenario.begin + at;
  return static_cast<std::size_t>(
      std::chrono::floor<std::chrono::hours>(time - std::chrono::floor<std::chrono::days>(time)).count());
}

// The first addressee gets an indicator that no relay serves (RT-50).
std::string lead_astray(std::string const& text, directory::Directory const& directory) {
  auto const begin = text.find("\nTO ") + 4;
  auto const end = text.find('/', begin);
  std::string unknown = "RTZZZZ";
  for (char letter = 'Y'; directory.serving_relay(unknown) != nullptr && letter >= 'A'; --letter)
    unknown[2] = unknown[3] = letter;
  std::string out = text.substr(0, begin);
  return out.append(unknown).append(text, end, std::string::npos);
}

}  // namespace

// So many messages as come in a minute of this hour, and one more as often as the rest says.
struct Filings::Profile {
  Traffic const& traffic;
  std::size_t group = 0;
  std::uint64_t weights = 0;   // of all hours
  Duration minute{};           // the next that is drawn
  std::vector<Random> random;  // by station

  [[nodiscard]] bool over() const { return weights == 0 || minute >= traffic.until; }
};

Filings::Filings(Scenario const& scenario, std::uint64_t seed) : scenario_(scenario) {
  for (auto const& filing : scenario.filings) add(0, filing);
  for (auto const& traffic : scenario.traffic) {
    auto const number = profiles_.size() + 1;
    Profile profile{traffic,
                    number,
                    std::accumulate(traffic.curve.begin(), traffic.curve.end(), std::uint64_t{0}),
                    traffic.at,
                    {}};
    for (auto const& station : traffic.from)
      profile.random.emplace_back(seed, fmt::format("traffic {} {}", number, station));
    profiles_.push_back(std::move(profile));
  }
  auto const last = profiles_.size() + 1;
  for (auto const& trouble : scenario.troubles) {
    if (auto const* const flood = std::get_if<Flood>(&trouble))
      for (std::uint32_t i = 0; i != flood->messages; ++i)
        make(last, flood->at + i * flood->every, flood->station, flash);
    if (auto const* const wrong = std::get_if<WrongIndicator>(&trouble))
      make(last, wrong->at, wrong->station, {}, true);
  }
  draw();
}
Filings::~Filings() = default;

void Filings::add(std::size_t group, Filing filing) {
  Place const place{filing.at, group, added_++};
  drawn_.emplace(place, std::move(filing));
}

void Filings::make(std::size_t group, Duration at, std::string const& station, generator::Mix const& mix,
                   bool astray) {
  Filing filing{at, station};
  filing.made = std::make_shared<Filing::Made const>(Filing::Made{mix, 1, astray});
  add(group, std::move(filing));
}

void Filings::file(Profile& profile, std::size_t station, Duration at) {
  auto const& traffic = profile.traffic;
  auto& random = profile.random[station];
  auto const& name = traffic.from[station];
  auto const precise = at + Duration{random.below(Duration{minute}.count())};
  if (!in_minimize(scenario_, precise)) return make(profile.group, precise, name, traffic.mix);
  auto const& weights = traffic.mix.precedences;
  auto const urgent = weights[2] + weights[3];
  if (random.below(urgent + weights[0] + weights[1]) < urgent)
    make(profile.group, precise, name, under_minimize(traffic.mix));
}

void Filings::draw_minute(Profile& profile) {
  auto const at = profile.minute;
  auto const& traffic = profile.traffic;
  auto const share = std::uint64_t{traffic.per_day} * traffic.curve[hour_of(scenario_, at)];
  auto const whole = profile.weights * minutes_an_hour;
  for (std::size_t station = 0; station != traffic.from.size(); ++station) {
    auto const count = share / whole + (profile.random[station].below(whole) < share % whole ? 1 : 0);
    for (std::uint64_t i = 0; i != count; ++i) file(profile, station, at);
  }
  profile.minute += minute;
}

// What is drawn of a minute is not before it: the first is known once all that may come before it is drawn.
void Filings::draw() {
  for (;;) {
    Profile* first = nullptr;
    for (auto& profile : profiles_)
      if (!profile.over() && (first == nullptr || profile.minute < first->minute)) first = &profile;
    if (first == nullptr || (!drawn_.empty() && drawn_.begin()->first.at < first->minute)) return;
    draw_minute(*first);
  }
}

Filing const* Filings::next() const { return drawn_.empty() ? nullptr : &drawn_.begin()->second; }

// A station counts its messages.
Filing Filings::take() {
  auto filing = std::move(drawn_.extract(drawn_.begin()).mapped());
  draw();
  if (filing.made == nullptr) return filing;
  auto made = *filing.made;
  made.serial = ++last_serial_[filing.station];
  filing.made = std::make_shared<Filing::Made const>(made);
  return filing;
}

std::vector<Filing> filings_of(Scenario const& scenario, std::uint64_t seed) {
  Filings filings(scenario, seed);
  std::vector<Filing> all;
  while (filings.next() != nullptr) all.push_back(filings.take());
  return all;
}

std::string text_of(Filing const& filing, Scenario const& scenario, std::uint64_t seed) {
  if (filing.made == nullptr) return filing.text;
  auto const& directory = *scenario.directory;
  Random random(seed, fmt::format("message {} {}", filing.station, filing.made->serial));
  generator::Occasion const occasion{directory.station(filing.station),
                                     std::chrono::floor<std::chrono::minutes>(scenario.begin + filing.at),
                                     filing.made->serial};
  auto text = generator::message(random, directory, filing.made->mix, occasion);
  return filing.made->astray ? lead_astray(text, directory) : text;
}

}  // namespace torntape::simulation
