#include "router/service/events.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "router/service/limits.hpp"
#include "router/service/response.hpp"
#include "wire/heading.hpp"
#include "wire/utf8.hpp"

namespace torntape::service {
namespace {

void count(v1::AcceptedEvent& out, relay::EnvelopeCopy const& copy) {
  if (relay::is_circuit_queue(copy.queue))
    out.set_transmissions(out.transmissions() + 1);
  else if (copy.queue == relay::intercept_queue)
    out.set_intercepts(out.intercepts() + 1);
  else if (copy.kind == grammar::AddresseeKind::action)
    out.set_action_copies(out.action_copies() + 1);
  else
    out.set_info_copies(out.info_copies() + 1);
}

void put(v1::Event& event, relay::Accepted const& accepted) {
  auto const& envelope = accepted.envelope;
  auto& out = *event.mutable_accepted();
  out.set_message_id(relay::to_string(envelope.number));
  out.set_identity(wire::utf8(envelope.identity));
  if (!envelope.received_over.empty()) *out.mutable_reception() = reception(envelope);
  for (auto const& copy : envelope.copies) {
    count(out, copy);
    if (out.queues_size() < static_cast<int>(max_event_queues)) out.add_queues(wire::utf8(copy.queue));
  }
}

void put(v1::Event& event, relay::Settled const& settled) {
  event.mutable_settled()->set_copy_id(relay::to_string(settled.copy));
}

void put(v1::Event& event, relay::HandedCopy const& copy) {
  auto const shown = to_proto(copy);
  auto& out = *event.mutable_handed();
  out.set_copy_id(shown.id());
  out.set_queue(shown.queue());
  out.set_kind(shown.kind());
  out.set_precedence(shown.precedence());
  out.set_attempt(shown.attempt());
}

void put(v1::Event& event, relay::Send const& send) {
  auto& out = *event.mutable_sent();
  out.set_circuit(wire::utf8(send.circuit));
  out.set_identification(wire::utf8(send.identification));
  if (send.copy.message == 0) return;
  out.set_copy_id(relay::to_string(send.copy));
  out.set_precedence(wire::to_proto(send.precedence));
}

void put(v1::Event& event, LineChanged const& line) {
  event.mutable_circuit()->set_name(wire::utf8(line.circuit));
  event.mutable_circuit()->set_up(line.up);
}

void add_replies(std::vector<v1::Event>& events, Decided const& decided) {
  for (auto const& owed : decided.owed)
    if (auto const* const hand = std::get_if<relay::Hand>(&owed.reply))
      for (auto const& copy : hand->copies) put(events.emplace_back(), copy);
    else if (auto const* const send = std::get_if<relay::Send>(&owed.reply))
      put(events.emplace_back(), *send);
  for (auto const& line : decided.lines) put(events.emplace_back(), line);
}

template <class Entry>
void add_changed(google::protobuf::RepeatedPtrField<Entry> const& now,
                 std::map<std::string, std::string>& told, std::size_t most,
                 google::protobuf::RepeatedPtrField<Entry>& changed) {
  for (auto const& entry : now) {
    if (static_cast<std::size_t>(changed.size()) == most) return;
    auto bytes = entry.SerializeAsString();
    auto& before = told[entry.name()];
    if (before == bytes) continue;
    before = std::move(bytes);
    *changed.Add() = entry;
  }
}

// A queue that holds nothing may be gone: it is told once more, empty.
void add_gone(v1::QueuesResponse const& now, std::map<std::string, std::string>& told, std::size_t most,
              google::protobuf::RepeatedPtrField<v1::Queue>& changed) {
  std::set<std::string_view> names;
  for (auto const& queue : now.queues()) names.insert(queue.name());
  for (auto queue = told.begin(); queue != told.end();) {
    if (names.contains(queue->first)) {
      ++queue;
      continue;
    }
    if (static_cast<std::size_t>(changed.size()) == most) return;
    changed.Add()->set_name(queue->first);
    queue = told.erase(queue);
  }
}

}  // namespace

Events::Events(std::size_t most_kept)
    : most_kept_{most_kept},
      life_{std::to_string(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())
                               .time_since_epoch()
                               .count())} {}

Events::ListenerId Events::listen(std::function<void()> wake) {
  std::scoped_lock const lock{mutex_};
  if (std::exchange(passed_over_, false)) {  // who listened before has missed something
    kept_.clear();
    ++last_;
  }
  listeners_.emplace(++last_listener_, std::move(wake));
  return last_listener_;
}

void Events::forget(ListenerId listener) {
  std::scoped_lock const lock{mutex_};
  listeners_.erase(listener);
}

Events::ListenerId Events::last_listener() const {
  std::scoped_lock const lock{mutex_};
  return last_listener_;
}

bool Events::heard() const {
  std::scoped_lock const lock{mutex_};
  return !listeners_.empty();
}

void Events::publish(std::vector<v1::Event> events) {
  if (events.empty()) return;
  std::scoped_lock const lock{mutex_};
  for (auto& event : events) kept_.push_back(std::make_shared<v1::Event const>(std::move(event)));
  last_ += events.size();
  while (kept_.size() > most_kept_) kept_.pop_front();
  for (auto const& [id, wake] : listeners_) wake();
}

void Events::pass_over() {
  std::scoped_lock const lock{mutex_};
  passed_over_ = true;
}

Events::Batch Events::after(Number number, std::size_t most) const {
  std::scoped_lock const lock{mutex_};
  auto const before_first = last_ - kept_.size();
  auto const from = std::clamp(number, before_first, last_);
  auto const size = std::min<std::size_t>(most, last_ - from);
  auto const first = kept_.begin() + static_cast<std::ptrdiff_t>(from - before_first);
  return {.events = {first, first + static_cast<std::ptrdiff_t>(size)},
          .last = from + size,
          .missed = number < from ? from - number : 0};
}

Events::Number Events::last() const {
  std::scoped_lock const lock{mutex_};
  return last_;
}

std::vector<v1::Event> events_of(Committed const& committed) {
  std::vector<v1::Event> events;
  for (auto const& record : committed.records)
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
      put(events.emplace_back(), *accepted);
    else if (auto const* const settled = std::get_if<relay::Settled>(&record))
      put(events.emplace_back(), *settled);
  for (auto const& decided : committed.group) add_replies(events, decided);
  return events;
}

v1::DepthsEvent Depths::changed(v1::QueuesResponse const& now) {
  v1::DepthsEvent event;
  add_gone(now, queues_, most_, *event.mutable_queues());
  add_changed(now.queues(), queues_, most_, *event.mutable_queues());
  add_changed(now.circuits(), circuits_, most_, *event.mutable_circuits());
  return event;
}

}  // namespace torntape::service
