#include "traffic/generator/stream.hpp"

#include <utility>

namespace torntape::generator {

namespace {

// Messages follow each other by minutes from a day that is fixed: the same seed gives the same bytes.
constexpr std::chrono::sys_days first_day{std::chrono::year{2009} / 8 / 17};
constexpr std::uint64_t most_minutes_apart = 5;

std::vector<directory::Station const*> senders(directory::Directory const& directory, Plan const& plan) {
  if (plan.from.empty()) return originators(directory);
  return {directory.station(plan.from)};
}

}  // namespace

std::optional<std::string> objection(directory::Directory const& directory, Plan const& plan) {
  if (directory.network().stations.size() < 2) return "the network has fewer than two stations";
  if (!plan.from.empty() && directory.station(plan.from) == nullptr)
    return "no station '" + plan.from + "' in the network";
  return {};
}

Stream::Stream(std::shared_ptr<directory::Directory const> directory, Plan plan)
    : directory_(std::move(directory)),
      plan_(std::move(plan)),
      stations_(senders(*directory_, plan_)),
      random_(plan_.seed, "messages"),
      minutes_(plan_.seed, "minutes"),
      now_(first_day) {}

Occasion Stream::occasion() {
  auto const* const station = random_.one_of(stations_);
  now_ += std::chrono::minutes{minutes_.below(most_minutes_apart)};
  return {station, now_, ++serials_[station->indicator]};
}

Made const& Stream::next() {
  auto const when = occasion();
  made_.text = message(random_, *directory_, plan_.mix, when);
  return made_;
}

}  // namespace torntape::generator
