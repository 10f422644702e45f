#include "router/relay/relay.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "router/relay/state.hpp"

namespace torntape::relay {

Relay::State::State(std::shared_ptr<network::Routes const> routes, std::string here, Limits limits)
    : routes_(std::move(routes)),
      here_(std::move(here)),
      limits_(limits),
      circuits_(routes_ == nullptr ? nullptr : &routes_->directory().network(), here_) {
  limits_.queues = std::min(limits_.queues, most_queues);
}

directory::Directory const* Relay::State::directory() const {
  return routes_ == nullptr ? nullptr : &routes_->directory();
}

// A relay does not know when its circuits went down before it began: they are down from then on.
void Relay::State::handle(Event const& event, Now now, Outcome& outcome) {
  if (!std::exchange(begun_, true))
    for (auto& [name, circuit] : circuits_.all()) await_outage(circuit, now);
  std::visit([&](auto const& what) { on(what, now, outcome); }, event);
  for (auto const copy : std::exchange(came_back_, {})) get_going(copy, now, outcome);
}

// A copy that comes back at the very end of a wait still answers it.
void Relay::State::on(Tick const&, Now now, Outcome& outcome) {
  serve(give_back(leases_.end_over(now)), now, outcome);
  for (auto const& asked : questions_.take_over(now))
    outcome.then.emplace_back(Hand{asked.ticket, asked.reader, {}});
  for (auto& [name, circuit] : circuits_.all()) look_after(circuit, now, outcome);
}

std::optional<Now> Relay::State::wake_at() const {
  std::optional<Now> first;
  auto const sooner = [&first](std::optional<Now> due) {
    if (due && (!first || *due < *first)) first = due;
  };
  sooner(leases_.first_end());
  sooner(questions_.first_end());
  for (auto const& [name, circuit] : circuits_.all()) sooner(circuit.wake_at());
  return first;
}

void Relay::State::count_handed_out(QueueDepth& depth, CopyId id) const {
  auto const since = holdings_.accepted_at(id);
  depth.oldest = std::min(depth.oldest.value_or(since), since);
}

std::vector<QueueDepth> Relay::State::queues() const {
  std::map<std::string_view, QueueDepth> by_name;
  for (auto const name : holdings_.queue_names()) by_name.emplace(name, holdings_.depth(name));
  auto const handed_out = [&](CopyId id) { count_handed_out(by_name.at(holdings_.queue_of(id)), id); };
  leases_.for_each_copy(handed_out);
  for (auto const& [name, circuit] : circuits_.all())
    for (auto const& sent : circuit.not_confirmed())
      if (open(sent.copy)) handed_out(sent.copy);
  if (auto const* const directory = this->directory())
    for (auto const& station : directory->network().stations)
      if (station.relay == here_)
        by_name.try_emplace(station.indicator, QueueDepth{station.indicator, {}, {}});
  std::vector<QueueDepth> depths;
  depths.reserve(by_name.size());
  for (auto& [name, depth] : by_name) depths.push_back(std::move(depth));
  return depths;
}

std::optional<QueueDepth> Relay::State::queue(std::string_view name) const {
  if (!known_queue(name)) return std::nullopt;
  auto depth = holdings_.depth(name);
  leases_.for_each_copy([&](CopyId id) {
    if (holdings_.queue_of(id) == name) count_handed_out(depth, id);
  });
  return depth;
}

std::vector<CircuitStatus> Relay::State::circuits() const {
  std::vector<CircuitStatus> all;
  for (auto const& [name, circuit] : circuits_.all())
    if (!circuit.gone)
      all.push_back({name, circuit.far_end, circuit.sending_channel, circuit.receiving_channel, circuit.up(),
                     circuit.last_sent, circuit.last_heard, circuit.unconfirmed(), circuit.closed,
                     circuit.out});
  return all;
}

void Relay::State::prime(std::string_view name, ChannelNumber next) {
  auto* const circuit = circuits_.find(name);
  if (circuit == nullptr) return;
  // The number before it is for telling what was heard, with which a line begins.
  circuit->last_sent = static_cast<ChannelNumber>((next + channel_cycle - 3) % channel_cycle + 1);
  circuit->primed = true;
}

CopyStatus Relay::State::status(CopyId id, EnvelopeCopy const& copy) const {
  return {id, copy, holdings_.attempts(id), holdings_.state(id).value_or(CopyState::settled)};
}

Relay::Relay(std::shared_ptr<network::Routes const> routes, std::string here, Limits limits)
    : state_(std::make_unique<State>(std::move(routes), std::move(here), limits)) {}
Relay::Relay(Relay&&) noexcept = default;
Relay& Relay::operator=(Relay&&) noexcept = default;
Relay::~Relay() = default;

void Relay::apply(Record const& record) {
  std::visit([this](auto const& what) { state_->replay(what); }, record);
}

void Relay::handle(Event const& event, Now now, Outcome& outcome) { state_->handle(event, now, outcome); }

std::optional<Now> Relay::wake_at() const { return state_->wake_at(); }

std::vector<QueueDepth> Relay::queues() const { return state_->queues(); }

std::optional<QueueDepth> Relay::queue(std::string_view name) const { return state_->queue(name); }

std::vector<HandedCopy> Relay::peek(std::string_view queue, std::size_t max, bool action, bool info) const {
  return state_->holdings().peek(queue, max, {action, info});
}

CopyStatus Relay::status(CopyId id, EnvelopeCopy const& copy) const { return state_->status(id, copy); }

std::vector<CircuitStatus> Relay::circuits() const { return state_->circuits(); }

void Relay::prime(std::string_view circuit, ChannelNumber next) { state_->prime(circuit, next); }

std::size_t Relay::messages() const { return state_->holdings().messages(); }

}  // namespace torntape::relay
