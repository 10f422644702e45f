// All that is filed in a scenario, in order of time: the messages it names, and those that are made up.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "router/simulation/scenario.hpp"

namespace torntape::simulation {

// One after the other; those that are made up are drawn as time goes on, so that a year of traffic does not
// lie in memory. The scenario must outlive it.
class Filings {
 public:
  Filings(Scenario const& scenario, std::uint64_t seed);
  Filings(Filings const&) = delete;
  Filings& operator=(Filings const&) = delete;
  ~Filings();

  [[nodiscard]] Filing const* next() const;                          // null where there is no more
  [[nodiscard]] std::size_t drawn() const { return drawn_.size(); }  // and not yet taken
  Filing take();                                                     // there is one

 private:
  // Of two at one time the one that the scenario names first is first.
  struct Place {
    Duration at{};
    std::size_t group = 0;  // messages that are named, a profile of traffic, what goes wrong
    std::uint64_t order = 0;
    friend auto operator<=>(Place const&, Place const&) = default;
  };
  struct Profile;

  void add(std::size_t group, Filing filing);
  void make(std::size_t group, Duration at, std::string const& station, generator::Mix const& mix,
            bool astray = false);
  void file(Profile& profile, std::size_t station, Duration at);
  void draw_minute(Profile& profile);
  void draw();

  Scenario const& scenario_;
  std::map<Place, Filing> drawn_;  // and not yet taken
  std::vector<Profile> profiles_;
  std::map<std::string, std::uint32_t, std::less<>> last_serial_;  // of the stations
  std::uint64_t added_ = 0;
};

[[nodiscard]] std::vector<Filing> filings_of(Scenario const& scenario, std::uint64_t seed);

// The text of a filing; one that is to be made up is made now. The same for the same seed, whatever else is
// filed.
[[nodiscard]] std::string text_of(Filing const& filing, Scenario const& scenario, std::uint64_t seed);

}  // namespace torntape::simulation
