#include "router/simulation/traffic.hpp"

#include <algorithm>
#include <map>
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

class Drawing {
 public:
  Drawing(Scenario const& scenario, std::uint64_t seed) : scenario_(scenario), seed_(seed) {}

  std::vector<Filing> run() && {
    filings_ = scenario_.filings;
    for (auto const& traffic : scenario_.traffic) add(traffic);
    for (auto const& trouble : scenario_.troubles) {
      if (auto const* const flood = std::get_if<Flood>(&trouble)) add(*flood);
      if (auto const* const wrong = std::get_if<WrongIndicator>(&trouble))
        make(wrong->at, wrong->station, {}, true);
    }
    number();
    return std::move(filings_);
  }

 private:
  // Minute by minute: so many messages as come in a minute of this hour, and one more as often as the rest
  // says.
  void add(Traffic const& traffic) {
    auto const profile = ++profiles_;
    auto const sum = std::accumulate(traffic.curve.begin(), traffic.curve.end(), std::uint64_t{0});
    if (sum == 0) return;
    for (auto const& station : traffic.from) {
      Random random(seed_, fmt::format("traffic {} {}", profile, station));
      for (auto at = traffic.at; at < traffic.until; at += minute) {
        auto const share = std::uint64_t{traffic.per_day} * traffic.curve[hour_of(at)];
        auto const whole = sum * minutes_an_hour;
        auto const count = share / whole + (random.below(whole) < share % whole ? 1 : 0);
        for (std::uint64_t i = 0; i != count; ++i) file(traffic, station, at, random);
      }
    }
  }
  void file(Traffic const& traffic, std::string const& station, Duration at, Random& random) {
    auto const precise = at + Duration{random.below(Duration{minute}.count())};
    if (!in_minimize(scenario_, precise)) return make(precise, station, traffic.mix);
    auto const& weights = traffic.mix.precedences;
    auto const urgent = weights[2] + weights[3];
    if (random.below(urgent + weights[0] + weights[1]) < urgent)
      make(precise, station, under_minimize(traffic.mix));
  }
  void add(Flood const& flood) {
    for (std::uint32_t i = 0; i != flood.messages; ++i)
      make(flood.at + i * flood.every, flood.station, flash);
  }
  void make(Duration at, std::string const& station, generator::Mix const& mix, bool astray = false) {
    Filing filing{at, station};
    filing.made = std::make_shared<Filing::Made const>(Filing::Made{mix, 1, astray});
    filings_.push_back(std::move(filing));
  }
  // In order of time, those of one time as they were made; a station counts its messages.
  void number() {
    std::vector<std::pair<Duration, std::size_t>> order;
    for (std::size_t i = 0; i != filings_.size(); ++i) order.emplace_back(filings_[i].at, i);
    std::ranges::sort(order);
    std::vector<Filing> sorted;
    sorted.reserve(order.size());
    for (auto const& [at, i] : order) sorted.push_back(std::move(filings_[i]));
    filings_ = std::move(sorted);
    std::map<std::string_view, std::uint32_t> last;
    for (auto& filing : filings_) {
      if (filing.made == nullptr) continue;
      auto made = *filing.made;
      made.serial = ++last[filing.station];
      filing.made = std::make_shared<Filing::Made const>(made);
    }
  }
  [[nodiscard]] std::size_t hour_of(Duration at) const {
    auto const time = scenario_.begin + at;
    return static_cast<std::size_t>(
        std::chrono::floor<std::chrono::hours>(time - std::chrono::floor<std::chrono::days>(time)).count());
  }

  Scenario const& scenario_;
  std::uint64_t seed_;
  int profiles_ = 0;
  std::vector<Filing> filings_;
};

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

std::vector<Filing> filings_of(Scenario const& scenario, std::uint64_t seed) {
  return Drawing(scenario, seed).run();
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
