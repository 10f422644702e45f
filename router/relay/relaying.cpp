// What comes and goes over circuits: numbers, service messages between neighbours, what is passed on, and
// the order in which it leaves.
#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "router/relay/identity.hpp"
#include "router/relay/state.hpp"
#include "router/relay/transmission.hpp"

namespace torntape::relay {

namespace {

using grammar::Precedence;

constexpr ChannelNumber most_open_reported = 90;  // numbers of one gap that are asked for one by one
constexpr ChannelNumber tell_every = 100;         // heard, so that the far end need not keep them
constexpr std::uint32_t bits_a_character = 10;    // start, seven bits, parity, stop
constexpr std::uint32_t cancel_length = 60;       // characters that cancelling takes (RT-74)
constexpr Duration extra_long{180'000};           // what is left of a ROUTINE that PRIORITY may cut (RT-73)

// RT-35: an instruction explains why it comes again.
bool explained(grammar::Message const& message) {
  auto const explains = [](grammar::View signal) {
    return signal == "ZDK" || signal == "ZDS" || signal == "ZEL" || signal == "ZFR" || signal == "ZFG";
  };
  auto const by_pilot = [&](grammar::Pilot const& pilot) { return explains(pilot.operating_signal); };
  return std::ranges::any_of(message.transmission_instructions.operating_signals, explains) ||
         std::ranges::any_of(message.preamble.message_instructions, explains) ||
         std::ranges::any_of(message.pilots, by_pilot);
}

// A pilot's indicators stand for FL2 (ACP 127(G) 426.e, 427.a).
std::vector<std::string> called_by(grammar::Message const& message) {
  auto const& called = message.pilots.empty() ? message.routing_line.routing_indicators
                                              : message.pilots.front().routing_indicators;
  return {called.begin(), called.end()};
}

std::string received_as(grammar::Message const& message) {
  auto const& first = message.transmission_identification;
  return std::string(first.channel) + std::string(first.sequence_number);
}

bool is_flash(Precedence precedence) { return precedence >= Precedence::flash; }

// ZGC: no receipt is wanted (RT-77).
bool wants_receipt(grammar::Message const& message) {
  return is_flash(routing_precedence(message)) &&
         std::ranges::find(message.transmission_instructions.operating_signals, "ZGC") ==
             message.transmission_instructions.operating_signals.end();
}

}  // namespace

// --- Replay -------------------------------------------------------------------------------------------

// What went under the number may or may not have got there.
void Relay::State::replay(Numbered const& numbered) {
  auto& circuit = circuits_.recalled(numbered.circuit);
  circuit.last_sent = numbered.number;
  if (!open(numbered.copy)) return;
  for (auto& [name, other] : circuits_.all()) other.drop(numbered.copy);
  if (holdings_.state(numbered.copy) == CopyState::handed_out) holdings_.give_back(numbered.copy);
  circuit.in_doubt({numbered.number, numbered.copy});
}

void Relay::State::replay(Transmitted const& transmitted) {
  if (!open(transmitted.copy)) return;
  auto* const circuit = circuits_.of_doubtful(transmitted.copy);
  if (circuit == nullptr) return;
  auto const number = circuit->doubtful(transmitted.copy);
  if (holdings_.state(transmitted.copy) == CopyState::waiting) holdings_.hand_out(transmitted.copy);
  if (auto const oldest = circuit->sent({*number, transmitted.copy})) settle(*oldest);
}

void Relay::State::replay(Heard const& heard) {
  auto& circuit = circuits_.recalled(heard.circuit);
  circuit.last_heard = heard.number;
  circuit.before_gap = heard.before_gap;
}

void Relay::State::replay(Closure const& closure) {
  circuits_.recalled(closure.circuit).closed = closure.closed;
}

// --- The line -----------------------------------------------------------------------------------------

Direct Relay::State::direct(Circuit const& circuit, Now now) const { return {here_, circuit.far_end, now}; }

// Each end begins by telling what it has heard; nothing else goes out before the other has told, for a
// while at most.
void Relay::State::on(CircuitUp const& up, Now now, Outcome& outcome) {
  auto* const circuit = circuits_.standing(up.circuit);
  if (circuit == nullptr) return;
  if (circuit->up()) on(CircuitDown{up.circuit, circuit->line}, now, outcome);
  circuit->line = up.line;
  circuit->out_at.reset();
  if (std::exchange(circuit->out, false) && !circuit->ways_round.empty())
    outcome.then.emplace_back(
        Alarm{fmt::format("circuit {} is up: its traffic goes over it again (RT-57)", circuit->name)});
  circuit->sent_before = std::exchange(circuit->primed, false) ? std::nullopt : circuit->last_sent;
  circuit->counted = false;
  circuit->told_by = now + limits_.told;
  tell_last_heard(*circuit, now);
  circuit->service.front().reports = true;
  send_next(*circuit, now, outcome);
}

void Relay::State::tell_last_heard(Circuit& circuit, Now now) {
  circuit.heard_when_told = circuit.last_heard.value_or(nothing_heard);
  circuit.check_due.reset();
  circuit.service.push_front(
      {last_heard(direct(circuit, now), identification(circuit.receiving_channel, circuit.count())), false});
}

void Relay::State::on(CircuitDown const& down, Now now, Outcome& outcome) {
  auto* const circuit = circuits_.on_line(down.circuit, down.line);
  if (circuit == nullptr) return;
  circuit->line = 0;
  circuit->told_by.reset();
  circuit->heard_on_line = false;
  circuit->service.clear();  // the next line begins with the count, which says as much
  auto const under_way = std::exchange(circuit->under_way, std::nullopt);
  if (under_way && under_way->copy) {
    put_back(*under_way->copy);
    circuit->in_doubt({under_way->number, *under_way->copy});
  }
  await_outage(*circuit, now);
  if (circuit->closed) declare_out(*circuit, "is closed and down", now, outcome);
}

void Relay::State::on(CircuitClosed const& closed, Now now, Outcome& outcome) {
  set_closed(closed.ticket, closed.circuit, true, now, outcome);
}

void Relay::State::on(CircuitOpened const& opened, Now now, Outcome& outcome) {
  set_closed(opened.ticket, opened.circuit, false, now, outcome);
}

void Relay::State::set_closed(Ticket ticket, std::string const& name, bool closed, Now now,
                              Outcome& outcome) {
  auto* const circuit = circuits_.standing(name);
  if (circuit == nullptr) {
    outcome.then.emplace_back(
        Refuse{ticket, Refused::not_found, fmt::format("{} has no circuit {}", here_, name)});
    return;
  }
  outcome.then.emplace_back(Done{ticket});
  if (std::exchange(circuit->closed, closed) == closed) return;
  outcome.commit.emplace_back(Closure{name, closed});
  if (!closed)
    send_next(*circuit, now, outcome);
  else if (circuit->up())
    begin_round(*circuit, "is closed", now, outcome);
  else
    declare_out(*circuit, "is closed", now, outcome);
}

// --- What comes in ------------------------------------------------------------------------------------

void Relay::State::on(Arrived const& arrived, Now now, Outcome& outcome) {
  if (arrived.circuit.empty()) return keep(arrived, now, outcome);
  auto* const circuit = circuits_.standing(arrived.circuit);
  if (circuit == nullptr) {
    outcome.then.emplace_back(Refuse{arrived.ticket, Refused::not_found,
                                     fmt::format("{} has no circuit {}", here_, arrived.circuit)});
    return;
  }
  if (holdings_.messages() >= limits_.messages) {
    outcome.then.emplace_back(Refuse{arrived.ticket, Refused::full, "no room for what arrives"});
    return;
  }
  outcome.then.emplace_back(Done{arrived.ticket});
  hear(*circuit, arrived, now, outcome);
  if (!cancelled(arrived.message->message()) && !took_as_service(*circuit, arrived, now, outcome))
    relay(*circuit, arrived, now, outcome);
  send_next(*circuit, now, outcome);
}

// RT-10, RT-11, RT-16.
void Relay::State::hear(Circuit& circuit, Arrived const& arrived, Now now, Outcome& outcome) {
  auto const number = number_on(circuit.receiving_channel, received_as(arrived.message->message()));
  if (!number) {
    outcome.then.emplace_back(
        Alarm{fmt::format("circuit {}: a transmission without a number of channel {} (RT-16)", circuit.name,
                          circuit.receiving_channel)});
    return;
  }
  bool const zero = *number == 0 && circuit.last_heard == channel_cycle;
  auto const expected = circuit.last_heard && !zero ? after(*circuit.last_heard) : *number;
  if (*number != expected && not_after(*number, expected)) {
    outcome.then.emplace_back(Alarm{fmt::format("circuit {}: {} came again (RT-13)", circuit.name,
                                                identification(circuit.receiving_channel, *number))});
    circuit.add_service(
        same_number(direct(circuit, now), identification(circuit.receiving_channel, *number)));
    return;
  }
  if (*number != expected) {
    if (!circuit.before_gap) circuit.before_gap = circuit.last_heard;
    // What the line began with has told of it already, if this is the first to come.
    if (circuit.heard_on_line) report_gap(circuit, expected, *number, now, outcome);
  }
  circuit.heard_on_line = true;
  circuit.last_heard = number;
  outcome.commit.emplace_back(Heard{circuit.name, *number, circuit.before_gap});
  if (ahead(circuit.heard_when_told, *number) >= tell_every)
    tell_last_heard(circuit, now);
  else
    circuit.check_due = now + limits_.idle_check;
}

// Every number from the expected one to before `number` is open.
void Relay::State::report_gap(Circuit& circuit, ChannelNumber expected, ChannelNumber number, Now now,
                              Outcome& outcome) {
  auto const open = ahead(expected, number);
  outcome.then.emplace_back(
      Alarm{fmt::format("circuit {}: {} number{} from {} on did not come (RT-11)", circuit.name, open,
                        open == 1 ? "" : "s", identification(circuit.receiving_channel, expected))});
  for (ChannelNumber i = 0; i < std::min(open, most_open_reported); ++i) {
    auto const missing = static_cast<ChannelNumber>((expected + i - 1) % channel_cycle + 1);
    circuit.add_service(open_number(direct(circuit, now), identification(circuit.receiving_channel, missing)),
                        true);
  }
}

bool Relay::State::took_as_service(Circuit& circuit, Arrived const& arrived, Now now, Outcome& outcome) {
  auto const service = read_direct(arrived.message->message(), circuit.far_end, here_);
  if (!service || std::holds_alternative<ForTheOperator>(*service)) return false;
  std::visit([&](auto const& what) { act(circuit, what, now, outcome); }, *service);
  return true;
}

void Relay::State::act(Circuit& circuit, FlashReceipt const& receipt, Now, Outcome&) {
  if (auto const number = number_on(circuit.sending_channel, receipt.number))
    circuit.receipts_due.erase(*number);
}

// RT-12: sent again under a new number. A number nothing went under, or whose message is long settled, is
// only noted. Whoever was told of a gap answers with its count, so that the other knows it.
void Relay::State::act(Circuit& circuit, OpenNumber const& open, Now now, Outcome& outcome) {
  auto const number = number_on(circuit.sending_channel, open.number);
  if (auto const copy = number ? circuit.take_back(*number) : std::nullopt)
    recall(*copy, outcome);
  else
    outcome.then.emplace_back(Alarm{fmt::format("circuit {}: {} is open at {}, and no longer at hand (RT-12)",
                                                circuit.name, open.number, circuit.far_end)});
  tell_last_heard(circuit, now);
}

void Relay::State::act(Circuit& circuit, LastHeard const& last, Now now, Outcome& outcome) {
  auto const number = number_on(circuit.sending_channel, last.number);
  if (!number) return;
  bool const none = *number == nothing_heard;
  bool const lost_before =
      circuit.told_by && circuit.sent_before && (none || !not_after(*circuit.sent_before, *number));
  circuit.told_by.reset();
  if (!none && (!circuit.last_sent || !not_after(*number, *circuit.last_sent))) {
    // Our own count is lost: what they have heard must not be used again.
    outcome.then.emplace_back(Alarm{fmt::format("circuit {}: {} has heard {}, which was not sent from here",
                                                circuit.name, circuit.far_end, last.number)});
    circuit.last_sent = number;
  }
  if (!none && circuit.before_gap && circuit.reported_as && not_after(*circuit.reported_as, *number)) {
    circuit.before_gap.reset();
    outcome.commit.emplace_back(Heard{circuit.name, *circuit.last_heard, std::nullopt});
  }
  auto const confirmed = circuit.confirm(*number);
  settle_received(confirmed.received, outcome);
  for (auto const copy : confirmed.not_received) recall(copy, outcome);
  if (lost_before || !confirmed.not_received.empty()) tell_last_heard(circuit, now);
}

void Relay::State::recall(CopyId copy, Outcome& outcome) {
  put_back(copy);
  outcome.commit.emplace_back(Recalled{copy});
}

void Relay::State::put_back(CopyId copy) {
  if (holdings_.state(copy) == CopyState::handed_out) holdings_.give_back(copy);
  came_back_.push_back(copy);
}

// What they have sent since what was heard last is open.
void Relay::State::act(Circuit& circuit, LastSent const& last, Now now, Outcome& outcome) {
  auto const number = number_on(circuit.receiving_channel, last.number);
  if (!number || !circuit.last_heard || not_after(*number, *circuit.last_heard)) return;
  report_gap(circuit, after(*circuit.last_heard), after(*number), now, outcome);
}

void Relay::State::settle_received(std::vector<CopyId> const& copies, Outcome& outcome) {
  for (auto const copy : copies) {
    if (!open(copy)) continue;
    settle(copy);
    outcome.commit.emplace_back(Settled{copy});
  }
}

// --- Passing on ---------------------------------------------------------------------------------------

void Relay::State::relay(Circuit& circuit, Arrived const& arrived, Now now, Outcome& outcome) {
  auto const& message = arrived.message->message();
  if (wants_receipt(message)) circuit.add_service(flash_receipt(direct(circuit, now), received_as(message)));
  Distribution distribution;
  if (arrived.fault.empty()) {
    auto set = relayed_set(message, called_by(message), routes_->directory(), here_);
    if (auto const repeated = take_out_repeated(circuit, message, set); repeated != 0) {
      file_duplicate(circuit, message, repeated, now, outcome);
      if (set.empty()) return;
    }
    auto circling = take_out_circling(circuit, message, set);
    distribution = distribute(set, message, *routes_, here_, circuit.name);
    std::ranges::move(circling, std::back_inserter(distribution.intercepted));
  } else {
    refuse(circuit, message, now);
    distribution.intercepted.push_back(
        {{{}, grammar::AddresseeKind::action, routing_precedence(message), {}}, arrived.fault});
  }
  if (distribution.local.empty() && distribution.legs.empty() && distribution.intercepted.empty())
    distribution.intercepted.push_back({{}, "no indicator in FL2 (RT-04)"});
  for (auto const& [called, reason, code] : distribution.intercepted)
    outcome.then.emplace_back(Alarm{fmt::format("message {} is intercepted: {}", next_, reason)});
  auto envelope = envelope_of(*arrived.message, arrived.digest, distribution, now);
  envelope.received_over = circuit.name;
  envelope.received_as = received_as(message);
  accept(std::move(envelope), arrived.message, now, outcome);
  give_notice(message, distribution, now, outcome);
}

// RT-47: who sent it is asked for it again. Never about what a relay says itself, so that no such message is
// about such a message.
void Relay::State::refuse(Circuit& circuit, grammar::Message const& message, Now now) const {
  auto const number = received_as(message);
  if (number.empty() || routes_->directory().relay(message.origin.routing_indicator) != nullptr) return;
  circuit.add_service(garbled(direct(circuit, now), identity(message), number));
}

// RT-30, RT-32, RT-33: what was seen to already is taken out of the set.
std::size_t Relay::State::take_out_repeated(Circuit const& circuit, grammar::Message const& message,
                                            std::vector<Called>& set) const {
  auto const id = identity(message);
  if (id.empty() || explained(message)) return 0;
  bool const suspected = suspected_duplicate(message);
  return std::erase_if(set, [&](Called const& called) {
    auto const before = repeats_.came_over(id, called.indicator);
    return before && (suspected || *before == circuit.name || station_here(called.indicator));
  });
}

void Relay::State::file_duplicate(Circuit& circuit, grammar::Message const& message, std::size_t repeated,
                                  Now now, Outcome& outcome) {
  auto const id = identity(message);
  outcome.then.emplace_back(
      Alarm{fmt::format("circuit {}: {} of {} comes again for {} indicator{}, filed (RT-33)", circuit.name,
                        received_as(message), id, repeated, repeated == 1 ? "" : "s")});
  if (!suspected_duplicate(message))
    circuit.add_service(duplicate(direct(circuit, now), id, received_as(message)));
}

// RT-62: what was passed on before and comes back another way is held: it may be all there is left of it.
std::vector<Intercepted> Relay::State::take_out_circling(Circuit const& circuit,
                                                         grammar::Message const& message,
                                                         std::vector<Called>& set) const {
  std::vector<Intercepted> circling;
  auto const id = identity(message);
  if (explained(message)) return circling;
  std::erase_if(set, [&](Called const& called) {
    if (station_here(called.indicator)) return false;
    if (!repeats_.came_over(id, called.indicator)) return false;
    circling.push_back({called, fmt::format("{} was seen to here before and has run in a circle: {} (RT-62)",
                                            called.indicator, way_of_circle(circuit, called.indicator))});
    return true;
  });
  return circling;
}

// As far as it is known here: to whom it went, and from whom it came.
std::string Relay::State::way_of_circle(Circuit const& circuit, std::string_view indicator) const {
  auto const* const relay = routes_->directory().serving_relay(indicator);
  auto const* const next = relay == nullptr ? nullptr : routes_->next(here_, relay->indicator);
  if (next == nullptr || network::far_end(*next, here_) == circuit.far_end)
    return fmt::format("{}, {}, {}", here_, circuit.far_end, here_);
  return fmt::format("{}, {} ... {}, {}", here_, network::far_end(*next, here_), circuit.far_end, here_);
}

// --- What goes out ------------------------------------------------------------------------------------

void Relay::State::send_next(Circuit& circuit, Now now, Outcome& outcome) {
  if (!circuit.up() || circuit.under_way) return;
  if (!circuit.service.empty()) return send_service(circuit, now, outcome);
  if (circuit.told_by) return;
  if (auto const next = next_for(circuit)) send_copy(circuit, *next, now, outcome);
}

void Relay::State::send_service(Circuit& circuit, Now now, Outcome& outcome) {
  auto const number = circuit.next_number();
  auto service = std::move(circuit.service.front());
  circuit.service.pop_front();
  circuit.last_sent = number;
  if (service.reports) circuit.reported_as = number;
  circuit.under_way = {number, std::nullopt, Precedence::none, now, 0, false};
  outcome.commit.emplace_back(Numbered{circuit.name, number, {}});
  outcome.then.emplace_back(Send{circuit.name,
                                 circuit.line,
                                 identification(circuit.sending_channel, number),
                                 number,
                                 {},
                                 std::move(service.text),
                                 {},
                                 {},
                                 {}});
}

void Relay::State::send_copy(Circuit& circuit, CopyId copy, Now now, Outcome& outcome) {
  auto const number = circuit.next_number();
  auto const* const doubtful = circuits_.of_doubtful(copy);
  std::string before;
  circuit.under_way = {number, copy, holdings_.precedence(copy), now, holdings_.size(copy), false};
  if (doubtful != nullptr) {
    circuit.under_way->doubtful_over = doubtful->name;
    circuit.under_way->doubtful_as = *doubtful->doubtful(copy);
    before = identification(doubtful->sending_channel, circuit.under_way->doubtful_as);
  }
  circuits_.forget(copy);
  holdings_.hand_out(copy);
  circuit.last_sent = number;
  outcome.commit.emplace_back(Numbered{circuit.name, number, copy});
  outcome.then.emplace_back(Send{circuit.name,
                                 circuit.line,
                                 identification(circuit.sending_channel, number),
                                 number,
                                 copy,
                                 {},
                                 std::move(before),
                                 holdings_.precedence(copy),
                                 holdings_.accepted_at(copy)});
}

void Relay::State::preempt(Circuit& circuit, Precedence precedence, Now now, Outcome& outcome) {
  auto& under_way = circuit.under_way;
  if (!under_way || !under_way->copy || under_way->interrupting || precedence <= under_way->precedence)
    return;
  auto const time = [&circuit](std::uint32_t characters) {
    auto const bits = std::int64_t{characters} * bits_a_character;
    return Duration(circuit.bits_per_second == 0 ? 0 : bits * 1'000 / circuit.bits_per_second);
  };
  auto const left = time(under_way->size) - (now - under_way->began);
  bool const breaks_in = is_flash(precedence) ||
                         (precedence == Precedence::immediate && left > time(cancel_length)) ||
                         (precedence == Precedence::priority && left >= extra_long);
  if (!breaks_in) return;
  under_way->interrupting = true;
  outcome.then.emplace_back(Interrupt{circuit.name, circuit.line});
}

void Relay::State::on(Sent const& sent, Now now, Outcome& outcome) {
  auto* const circuit = circuits_.on_line(sent.circuit, sent.line);
  if (circuit == nullptr || !circuit->under_way || circuit->under_way->number != sent.number) return;
  auto const under_way = *std::exchange(circuit->under_way, std::nullopt);
  if (under_way.copy) {
    outcome.commit.emplace_back(Transmitted{*under_way.copy});
    if (auto const oldest = circuit->sent({sent.number, *under_way.copy}))
      settle_received({*oldest}, outcome);
    if (is_flash(under_way.precedence)) circuit->receipts_due[sent.number] = now + limits_.flash_receipt;
  }
  send_next(*circuit, now, outcome);
}

// RT-74: the number is used up, the message starts again from its beginning under another. Where it may have
// got there before, that is as doubtful as it was (RT-31).
void Relay::State::on(Broken const& broken, Now now, Outcome& outcome) {
  auto* const circuit = circuits_.on_line(broken.circuit, broken.line);
  if (circuit == nullptr || !circuit->under_way || circuit->under_way->number != broken.number) return;
  auto const under_way = *std::exchange(circuit->under_way, std::nullopt);
  if (under_way.copy) {
    recall(*under_way.copy, outcome);
    if (auto* const before = circuits_.find(under_way.doubtful_over))
      before->in_doubt({under_way.doubtful_as, *under_way.copy});
  }
  send_next(*circuit, now, outcome);
}

// --- Time ---------------------------------------------------------------------------------------------

void Relay::State::look_after(Circuit& circuit, Now now, Outcome& outcome) {
  if (circuit.out_at && *circuit.out_at <= now)
    declare_out(
        circuit,
        fmt::format("is down for {} s", std::chrono::floor<std::chrono::seconds>(limits_.outage).count()),
        now, outcome);
  if (!circuit.up()) return;
  if (circuit.told_by && *circuit.told_by <= now) {
    circuit.told_by.reset();
    outcome.then.emplace_back(Alarm{fmt::format("circuit {}: {} does not tell what it has heard; sending on",
                                                circuit.name, circuit.far_end)});
  }
  if (circuit.check_due && *circuit.check_due <= now) tell_last_heard(circuit, now);
  look_after_receipts(circuit, now, outcome);
  send_next(circuit, now, outcome);
}

// RT-78.
void Relay::State::look_after_receipts(Circuit& circuit, Now now, Outcome& outcome) {
  auto const overdue = [now](auto const& receipt) { return receipt.second <= now; };
  for (auto due = std::ranges::find_if(circuit.receipts_due, overdue); due != circuit.receipts_due.end();
       due = std::ranges::find_if(circuit.receipts_due, overdue)) {
    auto const number = due->first;
    circuit.receipts_due.erase(due);
    outcome.then.emplace_back(
        Alarm{fmt::format("circuit {}: no receipt for FLASH {}; sent again as a suspected duplicate (RT-78)",
                          circuit.name, identification(circuit.sending_channel, number))});
    if (auto const copy = circuit.take_back(number)) {
      put_back(*copy);
      circuit.in_doubt({number, *copy});
    }
  }
}

}  // namespace torntape::relay
