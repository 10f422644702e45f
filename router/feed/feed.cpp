#include "router/feed/feed.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "grammar/visible.hpp"
#include "traffic/send/marking.hpp"

namespace torntape::feed {
namespace {

using namespace std::chrono_literals;
using grammar::Precedence;

constexpr relay::Duration lease = 1h;           // the longest that a relay grants
constexpr auto ask_switch_again = 1s;           // that could not save anything, or has no relay now
constexpr auto idle = 1s;                       // then a connection may have ended
constexpr auto glance = 1ms;                    // at it
constexpr auto look_again = 10ms;               // whether the destination has room
constexpr std::size_t most_bytes = 16U << 20U;  // of texts held
constexpr std::size_t most_returned = 1'000;    // copies of which more is known than the switch knows
constexpr std::size_t longest_reason = 300;

relay::Acknowledged acknowledged(relay::CopyId id) { return {.ticket = 0, .copies = {id}}; }

}  // namespace

Feed::Feed(Settings settings, send::Destination& destination, House house, Now now, std::uint64_t seed,
           Tell tell)
    : settings_{std::move(settings)},
      destination_{destination},
      house_{std::move(house)},
      now_{std::move(now)},
      random_{seed, settings_.name},
      tell_{[tell = std::move(tell)](std::string const& what) { tell(grammar::visible(what)); }} {}

void Feed::arrived(std::string const& queue, Precedence precedence) {
  auto const [place, fresh] = hints_.try_emplace(queue, precedence);
  place->second = std::max(place->second, precedence);
}

void Feed::work(send::Time until) {
  auto now = now_();
  tell_again(now);
  if (may_hand_over(now)) {
    hand_over_due(now);
    ask(now);
    hand_over_due(now);
    if (out_ != 0) destination_.flush();
  }
  if (out_ == 0) return;
  answers_.clear();
  destination_.work(until, answers_);
  now = worked_ = now_();
  for (auto const& answer : std::exchange(answers_, {})) take(answer, now);
}

void Feed::tend() {
  if (out_ != 0) return;
  answers_.clear();
  destination_.work(now_() + glance, answers_);
  worked_ = now_();
}

send::Time Feed::due() const {
  auto first = send::Time::max();
  for (auto const& [id, held] : held_) {
    if (held.state == State::untold) first = std::min(first, held.tried.again);
    if (held.state == State::waiting && !stopped_)
      first = std::min(first, std::max(held.tried.again, resume_));
  }
  if (!stopped_ && !asking_ && !hints_.empty() && can_make_room())
    first = std::min(first, std::max(ask_again_, resume_));
  return first;
}

void Feed::stop() {
  stopped_ = true;
  give_back_waiting();
}

Figures Feed::figures() const {
  auto figures = figures_;
  figures.under_way = held_.size();
  figures.up = failures_ == 0;
  return figures;
}

// --- From the switch ----------------------------------------------------------------------------------

// While it is not known whether the destination is there, one copy is tried at a time.
std::size_t Feed::room() const {
  if (held_.size() >= settings_.window || bytes_ >= most_bytes) return 0;
  if (failures_ != 0) return out_ == 0 ? 1 : 0;
  return settings_.window - held_.size();
}

// The last in order of those that wait to be tried again.
Feed::Place Feed::least_waiting() {
  auto least = held_.end();
  for (auto place = held_.begin(); place != held_.end(); ++place)
    if (place->second.state == State::waiting &&
        (least == held_.end() || place->second.copy.copy.precedence <= least->second.copy.copy.precedence))
      least = place;
  return least;
}

Precedence Feed::highest_hint() const {
  return std::ranges::max_element(hints_, {}, [](auto const& hint) { return hint.second; })->second;
}

// What waits to be tried again makes room for what goes before it.
bool Feed::can_make_room() const {
  if (room() != 0) return true;
  auto const gives_way = [highest = highest_hint()](auto const& entry) {
    return entry.second.state == State::waiting && entry.second.copy.copy.precedence < highest;
  };
  return failures_ == 0 && std::ranges::any_of(held_, gives_way);
}

void Feed::make_room() {
  if (room() == 0) give_back(least_waiting());
}

// The queue with the highest precedence is asked, but for nothing below what another may have. Of equals each
// has its turn.
relay::Asked Feed::question() const {
  auto const highest = highest_hint();
  auto const fits = [highest](auto const& hint) { return hint.second == highest; };
  auto chosen = std::find_if(hints_.upper_bound(asked_last_), hints_.end(), fits);
  if (chosen == hints_.end()) chosen = std::ranges::find_if(hints_, fits);
  relay::Asked asked;
  asked.reader = house_.reader;
  asked.queue = chosen->first;
  asked.max = static_cast<std::uint32_t>(room());
  asked.lease = lease;
  asked.action = settings_.action;
  asked.info = settings_.info;
  for (auto hint = hints_.begin(); hint != hints_.end(); ++hint)
    if (hint != chosen) asked.least = std::max(asked.least, hint->second);
  return asked;
}

// One question at a time. What arrives meanwhile is noted anew.
void Feed::ask(send::Time now) {
  if (asking_ || hints_.empty() || now < ask_again_ || !can_make_room()) return;
  make_room();
  if (room() == 0) return;
  auto asked = question();
  asked_last_ = asked.queue;
  hints_.erase(asked.queue);
  asking_ = true;
  auto event = relay::Event{asked};
  house_.handle(std::move(event),
                [this, asked = std::move(asked)](service::Reply const& reply) { take(reply, asked); });
}

void Feed::take(service::Reply const& reply, relay::Asked const& asked) {
  asking_ = false;
  if (std::holds_alternative<service::Unsaved>(reply)) {
    ask_again_ = now_() + ask_switch_again;
    return arrived(asked.queue, Precedence::emergency_command);
  }
  auto const* const hand = std::get_if<relay::Hand>(&reply);
  if (hand == nullptr) return;  // no such queue: it was empty, and is gone
  for (auto const& copy : hand->copies) take_in(copy);
  if (hand->copies.size() >= asked.max)
    arrived(asked.queue, hand->copies.back().copy.precedence);
  else if (asked.least != Precedence::none)
    arrived(asked.queue, static_cast<Precedence>(static_cast<int>(asked.least) - 1));
}

void Feed::take_in(relay::HandedCopy const& copy) {
  if (auto const place = held_.find(copy.id); place != held_.end()) {  // the switch has lost its place
    place->second.copy = copy;
    return;
  }
  Held held;
  held.copy = copy;
  held.tried.doubtful = copy.suspected_duplicate;
  if (auto const known = returned_.find(copy.id); known != returned_.end()) {
    if (copy.attempt == known->second.attempt + 1) held.tried = known->second.tried;
    returned_.erase(known);
  }
  auto text = house_.text(copy.id.message);
  auto const readable = text.has_value();
  if (readable) held.message.text = std::move(*text);
  held.message.key = fmt::format("{}-{}-{:x}", house_.name, relay::to_string(copy.id),
                                 copy.accepted_at.time_since_epoch().count());
  bytes_ += held.message.text.size();
  auto const place = held_.emplace(copy.id, std::move(held)).first;
  if (!readable)
    bury(place, "its text cannot be read in the store");
  else if (stopped_)
    give_back(place);
}

// --- To the destination -------------------------------------------------------------------------------

bool Feed::anything_to_hand_over(send::Time now) const {
  if (!hints_.empty()) return true;
  return std::ranges::any_of(held_, [now](auto const& entry) {
    return entry.second.state == State::waiting && entry.second.tried.again <= now;
  });
}

// A connection is made, where one is wanted, once there is something to hand over.
bool Feed::may_hand_over(send::Time now) {
  if (stopped_ || now < resume_ || !anything_to_hand_over(now)) return false;
  if (now - worked_ >= idle) tend();
  if (destination_.ready()) return true;
  if (!destination_.trouble().empty())
    down(now, destination_.trouble());
  else
    resume_ = now + look_again;
  return false;
}

void Feed::hand_over_due(send::Time now) {
  std::vector<Place> due;
  for (auto place = held_.begin(); place != held_.end(); ++place)
    if (place->second.state == State::waiting && place->second.tried.again <= now) due.push_back(place);
  std::ranges::sort(due, [](Place one, Place other) {
    auto const first = one->second.copy.copy.precedence, second = other->second.copy.copy.precedence;
    return first != second ? first > second : one->first < other->first;
  });
  for (auto const place : due) {
    if ((failures_ != 0 && out_ != 0) || !destination_.ready()) return;
    hand_over(place->first, place->second);
  }
}

void Feed::hand_over(relay::CopyId id, Held& held) {
  if (held.message.number == 0) {
    held.message.number = ++numbers_;
    by_number_.emplace(held.message.number, id);
  }
  if (held.tried.tries == 0)
    held.tried.taken = taken_;
  else
    ++figures_.repeats;
  if (held.tried.doubtful && settings_.mark)
    if (auto marked = send::marked(held.message.text, "ZFD")) {
      bytes_ += marked->size() - held.message.text.size();
      held.message.text = std::move(*marked);
    }
  held.state = State::out;
  ++out_;
  destination_.hand_over(held.message);
}

void Feed::take(send::Answer const& answer, send::Time now) {
  auto const number = by_number_.find(answer.number);
  auto const place = number == by_number_.end() ? held_.end() : held_.find(number->second);
  if (place == held_.end() || place->second.state != State::out) return;
  place->second.state = State::waiting;
  --out_;
  switch (answer.result) {
    case send::Result::confirmed:
    case send::Result::sent:
      well();
      return confirm(place);
    case send::Result::refused:
      well();
      return bury(place, fmt::format("refused: {}", answer.why));
    case send::Result::not_taken:
    case send::Result::unknown:
      return not_there(place, answer, now);
  }
}

// An attempt counts where the destination took something else since the one before: then it is the message
// that is not taken, and not the destination that is out.
void Feed::not_there(Place place, send::Answer const& answer, send::Time now) {
  auto& tried = place->second.tried;
  auto const unknown = answer.result == send::Result::unknown;
  auto const& trouble = destination_.trouble();
  tried.doubtful = tried.doubtful || unknown;
  if (unknown || trouble.empty()) {
    ++tried.tries;
    if (taken_ != std::exchange(tried.taken, taken_)) ++tried.counted;
    tried.again = now + pause_after(tried.tries);
  }
  if (tried.counted >= settings_.attempts)
    bury(place, fmt::format("given up after {} attempts: {}", tried.tries, answer.why));
  else if (stopped_)
    give_back(place);
  if (!trouble.empty()) down(now, trouble);
}

void Feed::down(send::Time now, std::string const& why) {
  if (now >= resume_) {
    if (failures_++ == 0) tell_(fmt::format("{} takes nothing: {}; trying on", settings_.name, why));
    resume_ = now + pause_after(failures_);
  }
  give_back_waiting();
}

void Feed::well() {
  ++taken_;
  if (std::exchange(failures_, 0) != 0) tell_(fmt::format("{} takes messages again", settings_.name));
}

// It grows with each failure, and no two feeds begin again at the same moment: half of it at least.
std::chrono::nanoseconds Feed::pause_after(std::uint32_t failures) {
  constexpr std::uint32_t most_doublings = 20;
  auto pause = settings_.first_pause;
  for (auto i = 1U; i < std::min(failures, most_doublings) && pause < settings_.longest_pause; ++i)
    pause *= 2;
  auto const most = static_cast<std::uint64_t>(std::min(pause, settings_.longest_pause).count());
  return std::chrono::nanoseconds{static_cast<std::int64_t>(random_.between(most / 2, most))};
}

// --- Back to the switch -------------------------------------------------------------------------------

void Feed::confirm(Place place) {
  place->second.verdict = acknowledged(place->first);
  tell_switch(place);
}

void Feed::bury(Place place, std::string const& why) {
  auto const reason = fmt::format("{}: {}", settings_.name, why).substr(0, longest_reason);
  tell_(fmt::format("copy {} goes to {}: {}", relay::to_string(place->first), settings_.dead_letter, reason));
  place->second.verdict = relay::SetAside{
      .ticket = 0, .copies = {place->first}, .queue = settings_.dead_letter, .reason = reason};
  tell_switch(place);
}

void Feed::tell_switch(Place place) {
  auto const id = place->first;
  place->second.state = State::settling;
  house_.handle(place->second.verdict, [this, id](service::Reply const& reply) { settled(id, reply); });
}

// Refused: somebody else has dealt with it meanwhile.
void Feed::settled(relay::CopyId id, service::Reply const& reply) {
  auto const place = held_.find(id);
  if (place == held_.end()) return;
  auto& held = place->second;
  if (std::holds_alternative<service::Unsaved>(reply)) {
    held.state = State::untold;
    held.tried.again = now_() + ask_switch_again;
    return;
  }
  if (auto const* const refuse = std::get_if<relay::Refuse>(&reply))
    tell_(fmt::format("{}: {}", settings_.name, refuse->message));
  else if (std::holds_alternative<relay::SetAside>(held.verdict))
    ++figures_.dead_letters;
  else
    ++figures_.confirmed;
  bytes_ -= held.message.text.size();
  by_number_.erase(held.message.number);
  held_.erase(place);
}

void Feed::tell_again(send::Time now) {
  std::vector<relay::CopyId> untold;
  for (auto const& [id, held] : held_)
    if (held.state == State::untold && held.tried.again <= now) untold.push_back(id);
  for (auto const id : untold) tell_switch(held_.find(id));
}

void Feed::give_back(Place place) {
  auto const id = place->first;
  auto const held = std::move(place->second);
  held_.erase(place);
  by_number_.erase(held.message.number);
  bytes_ -= held.message.text.size();
  if (returned_.size() >= most_returned) returned_.erase(returned_.begin());
  returned_[id] = {held.copy.attempt, held.tried};
  house_.handle(relay::Released{.ticket = 0, .copies = {id}}, [](service::Reply const&) {});
  arrived(held.copy.copy.queue, held.copy.copy.precedence);
}

void Feed::give_back_waiting() {
  std::vector<relay::CopyId> waiting;
  for (auto const& [id, held] : held_)
    if (held.state == State::waiting) waiting.push_back(id);
  for (auto const id : waiting) give_back(held_.find(id));
}

}  // namespace torntape::feed
