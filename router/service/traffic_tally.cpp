#include "router/service/traffic_tally.hpp"

#include <algorithm>
#include <ranges>
#include <string_view>
#include <utility>

#include "router/service/response.hpp"
#include "wire/heading.hpp"

namespace torntape::service {
namespace {

std::string_view name(generator::Label const& label) {
  return label.damage.empty() ? label.rule : label.damage;
}

bool is_error(v1::Diagnostic const& found) { return found.severity() == v1::SEVERITY_ERROR; }

}  // namespace

void TrafficTally::made(generator::Label const* label) {
  ++made_;
  if (label == nullptr) return;
  ++broken_;
  auto& fault = faults_[std::string{name(*label)}];
  fault.rule = label->rule;
  ++fault.made;
}

void TrafficTally::expect(relay::Digest const& digest) { expected_.insert(digest); }

void TrafficTally::refused(generator::Label const* label, v1::Refusal const& refusal) {
  ++refused_;
  std::set<std::string> rules;
  for (auto const& found : refusal.diagnostics()) {
    if (!is_error(found) || !rules.insert(found.rule()).second) continue;
    auto& told = refusals_[{refusal.reason(), found.rule()}];
    told.set_name(found.name());
    told.set_messages(told.messages() + 1);
  }
  if (rules.empty()) {
    auto& told = refusals_[{refusal.reason(), ""}];
    told.set_messages(told.messages() + 1);
  }
  if (label == nullptr) return;
  auto& fault = faults_[std::string{name(*label)}];
  ++fault.refused;
  if (rules.contains(fault.rule)) ++fault.named;
}

void TrafficTally::answered(generator::Label const* label, relay::Digest const& digest, Reply const& reply) {
  expected_.erase(digest);
  if (auto const* const refuse = std::get_if<relay::Refuse>(&reply)) return refused(label, to_proto(*refuse));
  if (auto const* const unsaved = std::get_if<Unsaved>(&reply)) return refused(label, to_proto(*unsaved));
  auto const* const accept = std::get_if<relay::Accept>(&reply);
  if (accept == nullptr) return;
  ++accepted_;
  if (accept->already_filed) ++already_filed_;
  if (label != nullptr) ++faults_[std::string{name(*label)}].accepted;
}

void TrafficTally::committed(std::span<relay::Record const> records) {
  for (auto const& record : records) std::visit([this](auto const& one) { apply(one); }, record);
}

void TrafficTally::add(std::vector<Copy>& copies, relay::EnvelopeCopy const& copy) {
  auto const [found, is_new] =
      queue_numbers_.try_emplace(copy.queue, static_cast<std::uint32_t>(queues_.size()));
  if (is_new) {
    queues_.push_back(copy.queue);
    waiting_.push_back(0);
  }
  ++waiting_[found->second];
  ++copies_[copy.precedence].made;
  copies.push_back({.queue = found->second, .precedence = copy.precedence});
}

void TrafficTally::take_back(Copy const& copy) {
  --waiting_[copy.queue];
  --copies_[copy.precedence].made;
}

void TrafficTally::apply(relay::Accepted const& accepted) {
  auto const& envelope = accepted.envelope;
  if (!expected_.contains(envelope.digest)) return;
  auto& copies = messages_[envelope.number];
  for (auto const& copy : envelope.copies) add(copies, copy);
}

void TrafficTally::apply(relay::Settled const& settled) {
  auto const found = messages_.find(settled.copy.message);
  if (found == messages_.end() || settled.copy.copy >= found->second.size()) return;
  auto& copy = found->second[settled.copy.copy];
  if (std::exchange(copy.settled, true)) return;
  --waiting_[copy.queue];
  ++copies_[copy.precedence].delivered;
}

// The first takes the place of the copy, the others come behind the last.
void TrafficTally::apply(relay::Moved const& moved) {
  auto const found = messages_.find(moved.copy.message);
  if (found == messages_.end() || moved.copy.copy >= found->second.size() || moved.into.empty()) return;
  auto& copies = found->second;
  take_back(copies[moved.copy.copy]);
  for (auto const& copy : moved.into) add(copies, copy);
  auto const first = copies.end() - static_cast<std::ptrdiff_t>(moved.into.size());
  copies[moved.copy.copy] = *first;
  copies.erase(first);
}

std::vector<relay::MessageNumber> TrafficTally::open() const {
  std::vector<relay::MessageNumber> out;
  for (auto const& [number, copies] : messages_)
    if (!std::ranges::all_of(copies, &Copy::settled)) out.push_back(number);
  return out;
}

std::vector<std::string> TrafficTally::waiting() const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i != queues_.size(); ++i)
    if (waiting_[i] != 0 && !relay::is_circuit_queue(queues_[i]) && queues_[i] != relay::intercept_queue)
      out.push_back(queues_[i]);
  return out;
}

void TrafficTally::tell(v1::TrafficState& state) const {
  state.set_made(made_);
  state.set_broken(broken_);
  state.set_accepted(accepted_);
  state.set_already_filed(already_filed_);
  state.set_refused(refused_);
  for (auto const& [precedence, count] : std::views::reverse(copies_)) {
    auto& told = *state.add_copies();
    told.set_precedence(wire::to_proto(precedence));
    told.set_made(count.made);
    told.set_delivered(count.delivered);
  }
  std::vector<v1::TrafficRefusals> refusals;
  for (auto const& [key, told] : refusals_) {
    refusals.push_back(told);
    refusals.back().set_reason(key.first);
    refusals.back().set_rule(key.second);
  }
  auto const more_frequent = [](v1::TrafficRefusals const& one, v1::TrafficRefusals const& other) {
    return std::pair{other.messages(), std::string_view{one.rule()}} <
           std::pair{one.messages(), std::string_view{other.rule()}};
  };
  std::ranges::sort(refusals, more_frequent);
  for (auto& told : refusals) *state.add_refusals() = std::move(told);
  for (auto const& [fault, counted] : faults_) {
    auto& told = *state.add_faults();
    told.set_fault(fault);
    told.set_rule(counted.rule);
    told.set_made(counted.made);
    told.set_refused(counted.refused);
    told.set_named(counted.named);
    told.set_accepted(counted.accepted);
  }
}

}  // namespace torntape::service
