#include "traffic/send/lane.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace torntape::send {
namespace {

using namespace std::chrono_literals;

constexpr auto look_up = 50ms;  // how often a lane looks up: stopped? connected? something to read?
constexpr std::chrono::nanoseconds first_pause = 100ms, longest_pause = 5s;
constexpr std::size_t reasons_kept = 50;

std::chrono::nanoseconds pause_after(std::uint32_t attempts) {
  return std::min(longest_pause, first_pause * (1 << std::min(attempts - 1, 10U)));
}

}  // namespace

Lane::Lane(Destination& destination, Source& source, LaneOptions options, Now now, Tell tell)
    : destination_{destination},
      source_{source},
      options_{std::move(options)},
      now_{std::move(now)},
      tell_{std::move(tell)},
      schedule_{options_.pace, options_.seed, options_.since_midnight} {}

void Lane::run() {
  began_ = took_something_ = now_();
  for (;;) {
    auto now = now_();
    if (stopped_ && !stopping_) stopping_ = now;
    hand_over_again(now);
    hand_over_due(now);
    if (finished(now)) break;
    answers_.clear();
    destination_.work(when_next(now), answers_);
    now = now_();
    for (auto const& answer : answers_) take(answer, now);
    std::lock_guard const lock{mutex_};
    tally_.took = now - began_;
    tally_.reconnections = destination_.reconnections();
  }
}

Tally Lane::tally() const {
  std::lock_guard const lock{mutex_};
  return tally_;
}

bool Lane::finished(Time now) {
  if (exhausted() && under_way_.empty()) return true;
  if (stopping_ && (out_ == 0 || now - *stopping_ >= options_.drain)) {
    give_up(now, "stopped");
    return true;
  }
  // Nothing taken and nothing answered, though there was something to do.
  auto const waiting = !under_way_.empty() || (coming_ && coming_->intended <= now);
  if (!waiting) took_something_ = now;
  if (now - took_something_ < options_.give_up) return false;
  auto const& trouble = destination_.trouble();
  auto const why = trouble.empty() ? std::string{"no answer"} : trouble;
  {
    std::lock_guard const lock{mutex_};
    tally_.failure =
        fmt::format("given up after {} s: {}",
                    std::chrono::duration_cast<std::chrono::seconds>(options_.give_up).count(), why);
  }
  give_up(now, why);
  return true;
}

// At the end: what is out is not known, what waits is not there.
void Lane::give_up(Time now, std::string const& why) {
  while (!under_way_.empty()) {
    auto const first = under_way_.begin();
    auto const out = first->second.out;
    settle(first, {first->first, out ? Result::unknown : Result::not_taken, out ? "no answer" : why}, true,
           now);
  }
}

Time Lane::when_next(Time now) const {
  auto next = now + look_up;
  if (!stopping_ && coming_ && coming_->intended > now) next = std::min(next, coming_->intended);
  if (!again_.empty() && again_.begin()->first > now) next = std::min(next, again_.begin()->first);
  return next;
}

// The next message, if none is held.
void Lane::fetch(Time now) {
  if (coming_ || ended_ || stopping_) return;
  if (fetched_ == options_.count) {
    ended_ = true;
    return;
  }
  Coming coming;
  auto const state = source_.next(coming.sourced);
  ended_ = state == Source::State::end;
  starved_ = starved_ || state == Source::State::none_yet;
  if (state != Source::State::message) return;
  coming.intended = intended_of(coming.sourced, now);
  if (coming.intended - began_ > options_.lasting) {
    ended_ = true;
    return;
  }
  ++fetched_;
  coming_ = std::move(coming);
}

Time Lane::intended_of(Sourced const& sourced, Time now) {
  stalled_ += sourced.stall;
  auto const starved = std::exchange(starved_, false);
  if (sourced.at) return began_ + *sourced.at + stalled_;
  auto const scheduled = schedule_.next();
  if (!scheduled) return now + sourced.stall;
  // That there was nothing to send is nobody's delay: the pace goes on from here.
  auto const intended = began_ + *scheduled + stalled_;
  if (!starved || intended >= now) return intended;
  stalled_ += now - intended;
  return now;
}

void Lane::hand_over_due(Time now) {
  for (;;) {
    fetch(now);
    if (!coming_ || stopping_ || coming_->intended > now) break;
    if (coming_->sourced.withheld) {
      withhold(now);
      continue;
    }
    if (under_way_.size() >= options_.window || !destination_.ready()) break;
    auto coming = std::move(*coming_);
    coming_.reset();
    auto const number = fetched_;
    auto& one = under_way_[number];
    one.message = {number, fmt::format("{}-{}", options_.run, number), std::move(coming.sourced.text),
                   coming.sourced.damaged};
    one.original = std::move(coming.sourced.original);
    one.intended = options_.pace.kind == Pace::Kind::most && !coming.sourced.at ? now : coming.intended;
    {
      std::lock_guard const lock{mutex_};
      ++tally_.offered;
      tally_.latest = std::max<std::chrono::nanoseconds>(tally_.latest, now - one.intended);
    }
    hand_over(one);
    now = now_();
  }
  if (out_ != 0) destination_.flush();
}

void Lane::hand_over(UnderWay& one) {
  ++one.attempts;
  one.out = true;
  ++out_;
  destination_.hand_over(one.message);
}

void Lane::withhold(Time now) {
  Passage passage;
  passage.number = fetched_;
  passage.text = std::move(coming_->sourced.original);
  passage.intended = coming_->intended;
  passage.answered = now;
  passage.why = "drop";
  coming_.reset();
  {
    std::lock_guard const lock{mutex_};
    ++tally_.offered;
    ++tally_.withheld;
  }
  if (tell_) tell_(passage);
}

void Lane::hand_over_again(Time now) {
  auto handed = false;
  while (!again_.empty() && again_.begin()->first <= now && !stopping_) {
    if (!destination_.ready()) break;
    auto& one = under_way_.at(again_.begin()->second);
    again_.erase(again_.begin());
    hand_over(one);
    handed = true;
    std::lock_guard const lock{mutex_};
    ++tally_.repeats;
  }
  if (handed) destination_.flush();
}

void Lane::take(Answer const& answer, Time now) {
  auto const place = under_way_.find(answer.number);
  if (place == under_way_.end() || !place->second.out) return;
  auto& one = place->second;
  one.out = false;
  --out_;
  // Where nobody is there, that is no attempt at this message.
  auto const nobody = answer.result == Result::not_taken && !destination_.trouble().empty();
  if (nobody)
    --one.attempts;
  else
    took_something_ = now;
  auto const repeatable = destination_.knows_repeats() || options_.repeat_unknown;
  auto const again = answer.result == Result::not_taken || (answer.result == Result::unknown && repeatable);
  if (again && one.attempts < options_.attempts && !stopping_)
    again_.emplace(now + (nobody ? 0ns : pause_after(one.attempts)), one.message.number);
  else
    settle(place, answer, again, now);
}

void Lane::settle(std::map<std::uint64_t, UnderWay>::iterator place, Answer const& answer, bool given_up,
                  Time now) {
  auto& one = place->second;
  if (one.out) --out_;
  std::erase_if(again_, [&](auto const& waiting) { return waiting.second == place->first; });
  Passage passage;
  passage.number = place->first;
  passage.text = one.original.empty() ? std::move(one.message.text) : std::move(one.original);
  passage.intended = one.intended;
  passage.answered = now;
  passage.result = answer.result;
  passage.given_up = given_up;
  passage.why = answer.why;
  passage.attempts = one.attempts;
  under_way_.erase(place);
  count(passage);
  if (tell_) tell_(passage);
}

void Lane::count(Passage const& passage) {
  std::lock_guard const lock{mutex_};
  switch (*passage.result) {
    case Result::confirmed:
      ++tally_.confirmed;
      break;
    case Result::sent:
      ++tally_.sent;
      break;
    case Result::refused:
      ++tally_.refused;
      break;
    case Result::not_taken:
      ++tally_.failed;
      break;
    case Result::unknown:
      ++tally_.unknown;
      break;
  }
  auto const good = *passage.result == Result::confirmed || *passage.result == Result::sent;
  if (good) return tally_.latency.record(passage.answered - passage.intended);
  auto const& why = passage.why;
  if (tally_.reasons.size() < reasons_kept || tally_.reasons.contains(why))
    ++tally_.reasons[why];
  else
    ++tally_.reasons["other reasons"];
}

}  // namespace torntape::send
