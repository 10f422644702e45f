// How far long work has got, on a terminal and for people only.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "cli/command.hpp"

namespace torntape::cli {

class Progress {
 public:
  // Shown on standard error if that is a terminal, nothing else is shown there, and `quiet` is not asked for.
  // `total`: bytes to be read; 0 where it is not known.
  Progress(Context const& context, bool report_on_terminal, std::size_t total,
           std::string_view counted = "messages");
  ~Progress() { clear(); }
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;

  void at(std::size_t bytes, std::size_t count);
  // Off the screen, for something else to be written.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool on_;
  bool drawn_ = false;
  std::size_t total_;
  std::string_view counted_;
  Clock::time_point next_;
};

}  // namespace torntape::cli
