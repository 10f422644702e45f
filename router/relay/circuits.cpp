#include "router/relay/circuits.hpp"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <utility>

#include <fmt/format.h>

#include "router/network/routes.hpp"

namespace torntape::relay {

std::string identification(std::string_view channel, ChannelNumber number) {
  return fmt::format("{}{:04}", channel, number);
}

std::optional<ChannelNumber> number_on(std::string_view channel, std::string_view identification) {
  if (!identification.starts_with(channel)) return std::nullopt;
  auto const digits = identification.substr(channel.size());
  ChannelNumber number = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc{} || stop != end || digits.size() < 3 || number > channel_cycle) return std::nullopt;
  return number;
}

Circuit::Circuit(directory::Circuit const& circuit, std::string_view here)
    : name(circuit.name),
      queue(circuit_queue(circuit.name)),
      far_end(network::far_end(circuit, here)),
      sending_channel(network::sending_channel(circuit, here)),
      receiving_channel(circuit.first == here ? circuit.in_channel : circuit.out_channel),
      bits_per_second(circuit.bits_per_second) {}

ChannelNumber Circuit::next_number() const { return last_sent ? after(*last_sent) : ChannelNumber{1}; }

std::optional<Now> Circuit::wake_at() const {
  if (!up()) return out_at;
  auto first = told_by;
  for (auto const& due :
       {check_due, receipts_due.empty() ? std::nullopt
                                        : std::optional(std::ranges::min(receipts_due | std::views::values))})
    if (due && (!first || *due < *first)) first = due;
  return first;
}

void Circuit::add_service(std::string text, bool reports) {
  if (service.size() == most_service) service.pop_front();
  service.push_back({std::move(text), reports});
}

std::optional<CopyId> Circuit::sent(SentCopy sent) {
  forget(sent.copy);
  sent_.push_back(sent);
  if (sent_.size() <= most_unconfirmed) return std::nullopt;
  auto const oldest = sent_.front().copy;
  sent_.pop_front();
  return oldest;
}

std::optional<ChannelNumber> Circuit::doubtful(CopyId copy) const {
  auto const found = in_doubt_.find(copy);
  return found == in_doubt_.end() ? std::nullopt : std::optional(found->second);
}

// What went out on this line and is not in the count may be on its way.
Circuit::Confirmed Circuit::confirm(ChannelNumber last) {
  Confirmed confirmed;
  bool const first = !std::exchange(counted, true);
  auto const has = [last](ChannelNumber number) { return last != nothing_heard && not_after(number, last); };
  auto const lost = [&](ChannelNumber number) {
    return first && (!sent_before || not_after(number, *sent_before));
  };
  auto const decide = [&](ChannelNumber number, CopyId copy) {
    if (has(number)) return confirmed.received.push_back(copy), true;
    if (lost(number)) return confirmed.not_received.push_back(copy), true;
    return false;
  };
  std::erase_if(sent_, [&](SentCopy const& sent) { return decide(sent.number, sent.copy); });
  std::erase_if(in_doubt_, [&](auto const& doubtful) { return decide(doubtful.second, doubtful.first); });
  // The count is as good as a receipt, and what is lost is sent again.
  std::erase_if(receipts_due, [&](auto const& due) { return has(due.first) || lost(due.first); });
  return confirmed;
}

std::optional<CopyId> Circuit::take_back(ChannelNumber number) {
  auto const went_as = [number](auto const& doubtful) { return doubtful.second == number; };
  if (auto const doubtful = std::ranges::find_if(in_doubt_, went_as); doubtful != in_doubt_.end()) {
    auto const copy = doubtful->first;
    in_doubt_.erase(doubtful);
    return copy;
  }
  auto const found = std::ranges::find(sent_, number, &SentCopy::number);
  if (found == sent_.end()) return std::nullopt;
  auto const copy = found->copy;
  sent_.erase(found);
  receipts_due.erase(number);
  return copy;
}

std::vector<CopyId> Circuit::doubt_sent(std::function<bool(CopyId)> const& those) {
  std::vector<CopyId> doubted;
  std::erase_if(sent_, [&](SentCopy const& sent) {
    if (!those(sent.copy)) return false;
    in_doubt(sent);
    receipts_due.erase(sent.number);
    doubted.push_back(sent.copy);
    return true;
  });
  return doubted;
}

void Circuit::drop(CopyId copy) {
  in_doubt_.erase(copy);
  std::erase_if(sent_, [copy](SentCopy const& sent) { return sent.copy == copy; });
}

Circuits::Circuits(directory::Network const* network, std::string_view here) {
  if (network == nullptr) return;
  for (auto const& circuit : network->circuits)
    if (circuit.first == here || circuit.second == here) {
      auto& added = circuits_.emplace(circuit.name, Circuit(circuit, here)).first->second;
      for (auto const& alternate : network::alternates(*network, circuit, here))
        added.ways_round.push_back({alternate.way.front()->name, alternate.approved_to});
    }
  for (auto const& [name, circuit] : circuits_)
    for (auto const& way : circuit.ways_round)
      if (auto* const first = find(way.first)) first->stands_in_for.push_back(name);
}

void Circuit::take_over(Circuit before) {
  before.far_end = far_end;
  before.sending_channel = sending_channel;
  before.receiving_channel = receiving_channel;
  before.bits_per_second = bits_per_second;
  before.ways_round = std::move(ways_round);
  before.stands_in_for = std::move(stands_in_for);
  before.gone = false;
  *this = std::move(before);
}

void Circuits::adopt(directory::Network const& network, std::string_view here) {
  Circuits fresh(&network, here);
  for (auto& [name, circuit] : fresh.circuits_)
    if (auto* const before = find(name);
        before != nullptr && (before->far_end == circuit.far_end || before->far_end.empty()))
      circuit.take_over(std::move(*before));
  for (auto& [name, circuit] : circuits_) {
    if (fresh.circuits_.contains(name)) continue;
    circuit.gone = true;
    circuit.ways_round.clear();
    circuit.stands_in_for.clear();
    circuit.out_at.reset();
    fresh.circuits_.emplace(name, std::move(circuit));
  }
  circuits_ = std::move(fresh.circuits_);
}

Circuit& Circuits::recalled(std::string_view name) {
  if (auto* const known = find(name)) return *known;
  directory::Circuit former;
  former.name = former.out_channel = former.in_channel = name;
  auto& circuit = circuits_.emplace(former.name, Circuit(former, {})).first->second;
  circuit.gone = true;
  return circuit;
}

Circuit* Circuits::standing(std::string_view name) {
  auto* const circuit = find(name);
  return circuit == nullptr || circuit->gone ? nullptr : circuit;
}

Circuit* Circuits::find(std::string_view name) {
  auto const found = circuits_.find(name);
  return found == circuits_.end() ? nullptr : &found->second;
}

Circuit* Circuits::of_queue(std::string_view queue) {
  return is_circuit_queue(queue) ? find(circuit_of(queue)) : nullptr;
}

Circuit* Circuits::of_doubtful(CopyId copy) {
  for (auto& [name, circuit] : circuits_)
    if (circuit.doubtful(copy)) return &circuit;
  return nullptr;
}

void Circuits::forget(CopyId copy) {
  for (auto& [name, circuit] : circuits_) circuit.forget(copy);
}

Circuit* Circuits::on_line(std::string_view name, LineId line) {
  auto* const circuit = find(name);
  return circuit != nullptr && line != 0 && circuit->line == line ? circuit : nullptr;
}

}  // namespace torntape::relay
