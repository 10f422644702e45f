#include "traffic/send/faults.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "grammar/alphabets/ita2.hpp"
#include "grammar/alphabets/tape.hpp"
#include "traffic/send/quantity.hpp"

namespace torntape::send {
namespace {

using grammar::Alphabet;

struct Named {
  std::string_view name;
  double FaultPlan::* share;
};
constexpr std::array shares{Named{"garble", &FaultPlan::garble},
                            Named{"drop", &FaultPlan::drop},
                            Named{"duplicate", &FaultPlan::duplicate},
                            Named{"reorder", &FaultPlan::reorder},
                            Named{"cut", &FaultPlan::cut},
                            Named{"stall", &FaultPlan::stall}};

std::string names() {
  std::string all;
  for (auto const& one : shares) all.append(all.empty() ? "" : ", ").append(one.name);
  return all;
}

std::string read_one(std::string_view text, FaultPlan& plan) {
  auto const equals = text.find('=');
  auto const name = text.substr(0, equals);
  auto const place = std::ranges::find(shares, name, &Named::name);
  if (place == shares.end()) return fmt::format("'{}' is no fault; there is {}", name, names());
  auto value = equals == std::string_view::npos ? std::string_view{} : text.substr(equals + 1);
  if (auto const colon = value.find(':'); name == "stall" && colon != std::string_view::npos) {
    auto const silence = read_time(value.substr(colon + 1));
    if (!silence) return fmt::format("'{}' is no time such as 5s", value.substr(colon + 1));
    plan.silence = *silence;
    value = value.substr(0, colon);
  }
  auto const share = read_number(value);
  if (!share || *share < 0 || *share > 1) return fmt::format("{}: '{}' is no share from 0 to 1", name, value);
  plan.*place->share = *share;
  return {};
}

constexpr unsigned impulses = 5;

// The text over a line that turns impulses over: through the octets of the circuit, so that a lost shift has
// the figures behind it come as letters. A line without a hit comes as it went.
class Garble {
 public:
  Garble(double share, generator::Random& random) : per_impulse_{share}, random_{random} {}

  [[nodiscard]] std::string operator()(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      auto const end = text.find('\n');
      auto const line = text.substr(0, end == std::string_view::npos ? text.size() : end + 1);
      out.append(garbled(line));
      text.remove_prefix(line.size());
    }
    return out;
  }

 private:
  [[nodiscard]] std::string garbled(std::string_view line) {
    std::string octets;
    grammar::ita2::Encoder{Alphabet::ita2_us}.encode(line, octets);
    auto hit = false;
    for (auto& octet : octets)
      for (unsigned impulse = 0; impulse != impulses; ++impulse) {
        if (!falls()) continue;
        octet = static_cast<char>(static_cast<unsigned char>(octet) ^ 1U << impulse);
        hit = true;
      }
    if (!hit) return std::string{line};
    std::string tape;
    grammar::ita2::Decoder{Alphabet::ita2_us}.decode(octets, tape);
    return grammar::tape::printed(tape, Alphabet::ita2_us);
  }
  [[nodiscard]] bool falls() {
    constexpr std::uint64_t whole = 1'000'000'000;
    return random_.one_in(static_cast<std::uint64_t>(per_impulse_ * static_cast<double>(whole)), whole);
  }

  double per_impulse_;
  generator::Random& random_;
};

}  // namespace

std::variant<FaultPlan, std::string> read_faults(std::string_view text) {
  FaultPlan plan;
  while (!text.empty()) {
    auto const end = text.find(',');
    if (auto why = read_one(text.substr(0, end), plan); !why.empty()) return why;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return plan;
}

Faulty::Faulty(std::unique_ptr<Source> good, FaultPlan plan, std::uint64_t seed, Tell tell)
    : good_{std::move(good)}, plan_{plan}, random_{seed, "faults"}, tell_{std::move(tell)} {}

bool Faulty::happens(double share) {
  constexpr std::uint64_t whole = 1'000'000'000;
  return share > 0 && random_.one_in(static_cast<std::uint64_t>(share * static_cast<double>(whole)), whole);
}

Source::State Faulty::next(Sourced& message) {
  if (!held_.empty()) {
    auto held = std::move(held_.front());
    held_.pop_front();
    message = std::move(held.message);
    return give(message, held.damage);
  }
  auto const state = good_->next(message);
  if (state == State::none_yet || (state == State::end && !overtaken_)) return state;
  if (overtaken_) {
    auto overtaken = std::move(*overtaken_);
    overtaken_.reset();
    if (state == State::end) {  // nothing came behind it
      message = std::move(overtaken);
      return give(message);
    }
    std::swap(message.at, overtaken.at);
    held_.push_back({std::move(overtaken), "reorder"});
  } else if (happens(plan_.reorder)) {
    overtaken_.emplace(std::move(message));
    return next(message);
  } else if (happens(plan_.duplicate)) {
    held_.push_back({message, "duplicate"});
  }
  return give(message);
}

Source::State Faulty::give(Sourced& message, std::string_view done) {
  ++given_;
  if (!done.empty()) tell(message, done);
  auto const damaged = damage(message);
  if (done.empty() || !damaged.empty()) tell(message, damaged);
  if (message.withheld) return State::message;
  bytes_ += message.text.size();
  lines_ += static_cast<std::size_t>(std::ranges::count(message.text, '\n'));
  return State::message;
}

// One at most: a label says what was done.
std::string_view Faulty::damage(Sourced& message) {
  auto const good = message.text;
  std::string_view done;
  if (happens(plan_.stall)) {
    message.stall = plan_.silence;
    return "stall";
  }
  if (happens(plan_.drop)) {
    message.withheld = true;
    message.original = good;
    return "drop";
  }
  if (happens(plan_.cut) && good.size() > 1) {
    message.text.resize(1 + random_.below(good.size() - 1));
    done = "cut";
  } else if (plan_.garble > 0) {
    message.text = Garble{plan_.garble, random_}(good);
    if (message.text != good) done = "garble";
  }
  if (done.empty()) return done;
  message.damaged = true;
  message.original = good;
  return done;
}

// Of two texts only the stretch in which they differ.
void Faulty::tell(Sourced const& message, std::string_view damage) {
  if (!tell_) return;
  Fault fault{given_, damage, bytes_, lines_ + 1, message.text.size(), 0, {}, {}};
  if (!message.original.empty() && !message.withheld) {
    std::string_view const before = message.original, now = message.text;
    auto const shorter = std::min(before.size(), now.size());
    std::size_t begin = 0, end = 0;
    while (begin != shorter && before[begin] == now[begin]) ++begin;
    while (end != shorter - begin && before[before.size() - 1 - end] == now[now.size() - 1 - end]) ++end;
    fault.offset = begin;
    fault.before = before.substr(begin, before.size() - begin - end);
    fault.now = now.substr(begin, now.size() - begin - end);
  }
  tell_(fault);
}

}  // namespace torntape::send
