// A queue of the switch that feeds another system: [[feed]] of the settings file of `serve` (docs/feeds.md).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "router/relay/event.hpp"

namespace torntape::feed {

struct Settings {
  std::string name;                 // in remarks and metrics: no secret is in it
  std::vector<std::string> queues;  // names, or patterns with * and ?
  bool action = true, info = true;  // kinds wanted
  std::string to;                   // the destination (docs/sending.md); there may be a password in it
  std::string dead_letter = "dead-letter";
  std::uint32_t attempts = 8;  // that count (docs/feeds.md); then it is a dead letter
  std::size_t window = 16;     // copies under way, or waiting to be tried again
  std::chrono::nanoseconds first_pause{std::chrono::seconds{1}}, longest_pause{std::chrono::minutes{1}};
  bool mark = true;  // a suspected duplicate says so (ZFD)
};

inline constexpr std::size_t most_feeds = 64;  // each has a thread
inline constexpr std::size_t largest_window = 200;
inline constexpr std::uint32_t most_attempts = 1'000;
inline constexpr std::chrono::minutes longest_pause_allowed{30};  // a lease is an hour

// Whether a feed takes from this queue. A pattern takes from those of stations: circuits, what is intercepted
// and dead letters are nobody's by accident.
[[nodiscard]] bool takes_from(Settings const& settings, std::string_view queue);

// What feeds name and no message gets to, in words: stations that the network does not know, and dead letters
// that no feed makes.
[[nodiscard]] std::vector<std::string> fed_by_nothing(std::vector<Settings> const& feeds,
                                                      directory::Directory const& directory);

inline constexpr std::size_t largest_settings_file = std::size_t{1} << 20U;

// The feeds of a file, or what is wrong with it, in words, each with its place.
struct File {
  std::vector<Settings> feeds;
  std::vector<std::string> errors;
};
[[nodiscard]] File read_feeds(std::string_view text, std::filesystem::path const& path);
[[nodiscard]] File read_feeds_file(std::filesystem::path const& path);

}  // namespace torntape::feed
