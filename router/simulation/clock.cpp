#include "router/simulation/clock.hpp"

#include <algorithm>
#include <utility>

namespace torntape::simulation {

void Clock::at(Now time, Deed deed) {
  auto place = deeds_.size();
  if (free_.empty()) {
    deeds_.push_back(std::move(deed));
  } else {
    place = free_.back();
    free_.pop_back();
    deeds_[place] = std::move(deed);
  }
  due_.push_back({std::max(time, now_), ++order_, place});
  std::ranges::push_heap(due_, Later{});
}

std::optional<Now> Clock::next() const {
  if (due_.empty()) return std::nullopt;
  return due_.front().time;
}

bool Clock::step() {
  if (due_.empty()) return false;
  std::ranges::pop_heap(due_, Later{});
  auto const due = due_.back();
  due_.pop_back();
  now_ = due.time;
  auto const deed = std::exchange(deeds_[due.deed], nullptr);
  free_.push_back(due.deed);
  deed();
  return true;
}

}  // namespace torntape::simulation
