// How far long work has got, on a terminal and for people only.
#pragma once

#include <chrono>
#include <cstddef>

#include "cli/command.hpp"

namespace torntape::cli {

class Progress {
 public:
  // Shown on standard error if that is a terminal, nothing else is shown there, and `quiet` is not asked for.
  // `total`: bytes to be read; 0 where it is not known.
  Progress(Context const& context, bool report_on_terminal, std::size_t total);
  ~Progress() { clear(); }
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;

  void at(std::size_t bytes, std::size_t messages);
  // Off the screen, for something else to be written.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool on_;
  bool drawn_ = false;
  std::size_t total_;
  Clock::time_point next_;
};

}  // namespace torntape::cli
