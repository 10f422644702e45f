// The circuits: characters that take their time, come out as others, or not at all.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "router/relay/circuits.hpp"
#include "router/relay/transmission.hpp"
#include "router/simulation/digest.hpp"
#include "router/simulation/world.hpp"
#include "validator/relay_lines.hpp"

namespace torntape::simulation {

namespace {

constexpr Duration caller_tries_again{1'000};
constexpr relay::Ticket arrival = 0;  // nobody waits for its answer

}  // namespace

Duration time_on_line(std::size_t characters, std::uint64_t millibits_per_second) {
  constexpr std::uint64_t bits_a_character = 10, to_milliseconds = 1'000'000;
  if (millibits_per_second == 0) return Duration{1};
  auto const millibits = characters * bits_a_character * to_milliseconds;
  return Duration{std::max<std::uint64_t>(1, (millibits + millibits_per_second - 1) / millibits_per_second)};
}

void Simulation::World::connect(Line& line) {
  if (line.id != 0 || line.closed != 0 || !line.out.from->relay || !line.out.to->relay) return;
  line.id = ++last_line_;
  trace(line.circuit->name, "is up");
  handle(*line.out.from, relay::CircuitUp{line.circuit->name, line.id});
  handle(*line.out.to, relay::CircuitUp{line.circuit->name, line.id});
}

void Simulation::World::break_line(Line& line) {
  if (line.id == 0) return;
  auto const id = std::exchange(line.id, 0);
  trace(line.circuit->name, "breaks");
  for (auto* const direction : {&line.out, &line.in}) {
    if (auto const sending = std::exchange(direction->sending, std::nullopt)) {
      ++direction->load->lost;
      ledger_.ended(sending->entry, Ledger::End::lost, clock_.now());
      if (sending->transit.held)
        step(sending->transit.held->index, direction->from->name, "loses {} as {} breaks",
             sending->transit.identification, line.circuit->name);
    }
    direction->framer = {};
    direction->framer_at_rest = true;
    direction->landed.clear();
  }
  handle(*line.out.from, relay::CircuitDown{line.circuit->name, id});
  handle(*line.out.to, relay::CircuitDown{line.circuit->name, id});
}

void Simulation::World::reconnect_later(Line& line) {
  clock_.after(caller_tries_again, [this, &line] { connect(line); });
}

void Simulation::World::put(Site& site, relay::Send const& send) {
  auto& on = line(send.circuit);
  if (on.id != send.line) return;
  auto& direction = on.from(site);
  Direction::Sending sending{send.number, {}, {}, clock_.now()};
  sending.transit.identification = send.identification;
  if (send.copy.message == 0) {
    sending.text = fmt::format("VZCZC{}\n{}", send.identification, send.service);
  } else {
    auto const& held = site.held.at(send.copy.message);
    auto const& copy = held->envelope.copies[send.copy.copy];
    sending.text = relay::transmission(
        {send.identification, copy.precedence, copy.called, site.name, send.sent_before_as, copy.rerouted},
        held->message->message());
    sending.transit.held = held;
    sending.transit.copy = send.copy.copy;
  }
  note_transmission(on, direction, sending, send.accepted_at);
  begin_sending(on, direction, std::move(sending));
}

void Simulation::World::note_transmission(Line const& line, Direction& direction, Direction::Sending& sending,
                                          std::optional<Now> waits_since) {
  auto const& transit = sending.transit;
  auto& load = *direction.load;
  ++(transit.held ? load.messages : load.service);
  auto const message = transit.held ? transit.held->index : std::optional<MessageIndex>();
  if (transit.held && is_alternate(line, direction, transit)) ++load.alternate;
  if (is_told(message))
    tell(
        *message, direction.from->name,
        fmt::format("sends {} over {} to {}", transit.identification, line.circuit->name, direction.to->name),
        std::string(relay::first_lines(sending.text)));
  if (!transit.held && options_.trace)
    trace(direction.from->name, fmt::format("sends {}, service", transit.identification));
  if (!ledger_.keeps_transmissions()) return ledger_.leave_out_transmission();
  auto const* const known = message ? ledger_.message(*message) : nullptr;
  sending.entry = ledger_.transmitted(
      {clock_.now(), line.circuit->name, direction.from->name, direction.to->name, direction.channel,
       transit.identification.substr(direction.channel.size()), std::string(relay::first_lines(sending.text)),
       message, known == nullptr ? std::string() : known->identity, waits_since});
}

// Not by the way it would go by this relay's tables if every circuit were up.
bool Simulation::World::is_alternate(Line const& line, Direction const& direction, Transit const& transit) {
  auto const& routes = *direction.from->routes;
  auto const& called = transit.held->envelope.copies[transit.copy].called;
  auto const* const serving = called.empty() ? nullptr : routes.directory().serving_relay(called.front());
  auto const* const normal =
      serving == nullptr ? nullptr : routes.next(direction.from->name, serving->indicator);
  return normal != nullptr && normal->name != line.circuit->name;
}

void Simulation::World::begin_sending(Line& line, Direction& direction, Direction::Sending sending) {
  sending.attempt = ++last_attempt_;
  auto const time = time_on_line(sending.text.size(), direction.quality.millibits_per_second);
  clock_.after(time,
               [this, &line, &direction, attempt = sending.attempt] { left(line, direction, attempt); });
  direction.sending = std::move(sending);
}

void Simulation::World::left(Line& line, Direction& direction, std::uint64_t attempt) {
  if (!direction.sending || direction.sending->attempt != attempt) return;
  auto sending = *std::exchange(direction.sending, std::nullopt);
  auto const number = sending.number;
  travel(line, direction, std::move(sending));
  handle(*direction.from, relay::Sent{line.circuit->name, line.id, number});
}

// RT-74: what has left of it is followed by the cancellation.
void Simulation::World::interrupt(Site& site, relay::Interrupt const& order) {
  auto& on = line(order.circuit);
  auto& direction = on.from(site);
  if (on.id != order.line || !direction.sending) return;
  auto& sending = *direction.sending;
  auto const whole = time_on_line(sending.text.size(), direction.quality.millibits_per_second);
  auto const gone = static_cast<std::size_t>((clock_.now() - sending.began) *
                                             static_cast<std::int64_t>(sending.text.size()) / whole);
  sending.text.resize(std::min(gone, sending.text.size()));
  sending.text += relay::cancellation;
  sending.transit.cut = true;
  sending.attempt = ++last_attempt_;
  ++direction.load->preempted;
  if (sending.transit.held)
    step(sending.transit.held->index, site.name, "cancels {} for what outranks it",
         sending.transit.identification);
  clock_.after(time_on_line(relay::cancellation.size(), direction.quality.millibits_per_second),
               [this, &on, &direction, attempt = sending.attempt] { cancelled(on, direction, attempt); });
}

void Simulation::World::cancelled(Line& line, Direction& direction, std::uint64_t attempt) {
  if (!direction.sending || direction.sending->attempt != attempt) return;
  auto sending = *std::exchange(direction.sending, std::nullopt);
  auto const number = sending.number;
  travel(line, direction, std::move(sending));
  handle(*direction.from, relay::Broken{line.circuit->name, line.id, number});
}

void Simulation::World::travel(Line& line, Direction& direction, Direction::Sending sending) {
  auto& load = *direction.load;
  load.characters += sending.text.size();
  load.busy += clock_.now() - sending.began;
  ledger_.ended(sending.entry, sending.transit.cut ? Ledger::End::cancelled : Ledger::End::whole,
                clock_.now());
  if (garble(direction.quality, sending.text)) {
    sending.transit.garbled = true;
    ++load.garbled;
    if (!sending.transit.held)
      line.misheard = true;
    else if (sending.transit.held->index)
      ledger_.garbled(*sending.transit.held->index);
  }
  clock_.after(direction.quality.delay,
               [this, &line, &direction, id = line.id, sent = std::move(sending)]() mutable {
                 if (line.id == id) land(line, direction, std::move(sent.text), std::move(sent.transit));
               });
}

// True where a character was lost or came out as another.
bool Simulation::World::garble(Quality const& quality, std::string& text) {
  constexpr std::string_view tape = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -?:().,/";
  constexpr std::uint64_t million = 1'000'000;
  if (quality.changed_per_million == 0 && quality.lost_per_million == 0) return false;
  std::string out;
  bool garbled = false;
  for (auto const letter : text) {
    auto const drawn = line_noise_.below(million);
    if (drawn < quality.lost_per_million) {
      garbled = true;
    } else if (drawn < std::uint64_t{quality.lost_per_million} + quality.changed_per_million) {
      out += line_noise_.one_of(tape);
      garbled = garbled || out.back() != letter;
    } else {
      out += letter;
    }
  }
  text = std::move(out);
  return garbled;
}

// What came as it was sent, after nothing that did not, the framer gives out up to its NNNN: it need not
// look. Of a transmission that was cancelled before its start was out it gives nothing.
void Simulation::World::land(Line& line, Direction& direction, std::string text, Transit transit) {
  if (direction.framer_at_rest && !transit.garbled) {
    if (!text.starts_with("VZCZC")) return;
    direction.landed.push_back(std::move(transit));
    text.resize(text.rfind("NNNN") + 4);
    return arrive(line, direction, std::move(text));
  }
  direction.framer_at_rest = false;
  direction.landed.push_back(std::move(transit));
  direction.framer.feed(text);
  while (auto const frame = direction.framer.next()) {
    auto const ending = frame->ending;
    arrive(line, direction, std::string(frame->bytes));
    direction.framer_at_rest = ending == grammar::Ending::whole && direction.landed.empty();
  }
}

// What a frame is of: the transmission whose identification it begins with, and whatever landed before it and
// was lost in the framing; else the first that landed.
std::vector<Transit> Simulation::World::take_landed(Direction& direction, std::string_view text) {
  auto& landed = direction.landed;
  auto const first_line = text.substr(0, text.find('\n'));
  auto const is_it = [first_line](Transit const& transit) {
    return first_line.ends_with(transit.identification);
  };
  auto const found = std::ranges::find_if(landed, is_it);
  auto const end = found != landed.end() ? found + 1 : landed.begin() + (landed.empty() ? 0 : 1);
  std::vector<Transit> taken(landed.begin(), end);
  landed.erase(landed.begin(), end);
  if (!taken.empty() && !is_it(taken.back())) taken.back().garbled = true;
  return taken;
}

// A relay judges what comes out of a line by the lines it answers for (RT-02). What is whole is as the relay
// before made it, and is not judged again, nor read again where only FL1 and FL2 are new.
void Simulation::World::arrive(Line& line, Direction& direction, std::string text) {
  auto const landed = take_landed(direction, text);
  Cause cause;
  bool const doubtful = landed.size() != 1 || landed.front().garbled;
  if (!landed.empty()) cause.transit = landed.back();
  cause.transit.garbled = doubtful;
  relay::Arrived arrived{arrival, line.circuit->name, nullptr, digest_of(text), {}};
  if (!doubtful && cause.transit.held)
    arrived.message = grammar::Received::renewed(std::move(text), *cause.transit.held->message);
  if (arrived.message == nullptr)  // then the text was left where it was
    // NOLINTNEXTLINE(bugprone-use-after-move)
    arrived.message = std::make_shared<grammar::Received const>(std::move(text));
  auto const& message = arrived.message->message();
  if (doubtful) {
    for (auto const& transit : landed)
      if (transit.held && transit.held->index) ledger_.garbled(*transit.held->index);
    arrived.fault = validator::fault_for_a_relay(message, checker_.check(message));
  }
  if (cause.transit.held && !cause.transit.cut)
    step(cause.transit.held->index, direction.to->name, "receives {}{}", cause.transit.identification,
         doubtful ? ", garbled" : "");
  handle(*direction.to, arrived, std::move(cause));
}

}  // namespace torntape::simulation
