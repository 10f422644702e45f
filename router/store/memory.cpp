#include "router/store/memory.hpp"

#include <algorithm>
#include <variant>
#include <vector>

#include "grammar/parser.hpp"

namespace torntape::store {

std::optional<Failure> MemoryStore::commit(std::span<relay::Record const> records) {
  std::scoped_lock const lock(mutex_);
  if (failures_ > 0) {
    --failures_;
    return Failure{"no space left on device"};
  }
  for (auto const& record : records) std::visit([this](auto const& what) { keep(what); }, record);
  return std::nullopt;
}

void MemoryStore::keep(relay::Accepted const& accepted) {
  auto const text = accepted.message == nullptr ? std::string() : accepted.message->bytes();
  messages_.try_emplace(accepted.envelope.number, Kept{{accepted.envelope, text, {}}, false, {}});
}

MemoryStore::Mark* MemoryStore::mark(relay::CopyId copy) {
  auto const found = messages_.find(copy.message);
  if (found == messages_.end()) return nullptr;
  auto& marks = found->second.marks;
  if (marks.size() <= copy.copy)
    marks.resize(std::max<std::size_t>(copy.copy + 1U, found->second.stored.envelope.copies.size()));
  return &marks[copy.copy];
}

void MemoryStore::keep(relay::Handed const& handed) {
  if (auto* const kept = mark(handed.copy)) kept->attempts = std::max(kept->attempts, handed.attempt);
}

void MemoryStore::keep(relay::Settled const& settled) {
  if (auto* const kept = mark(settled.copy)) kept->settled = true;
}

void MemoryStore::keep(relay::Refiled const& refiled) {
  auto const found = messages_.find(refiled.number);
  if (found == messages_.end() || !found->second.damaged) return;
  found->second.stored.text = refiled.message->bytes();
  found->second.damaged = false;
}

void MemoryStore::keep(relay::Numbered const& numbered) {
  sent_[numbered.circuit] = numbered.number;
  if (auto* const kept = mark(numbered.copy))
    kept->transmission.emplace(Transmission{numbered.circuit, numbered.number, false});
}

void MemoryStore::keep(relay::Transmitted const& transmitted) {
  if (auto* const kept = mark(transmitted.copy); kept != nullptr && kept->transmission)
    kept->transmission->sent = true;
}

void MemoryStore::keep(relay::Recalled const& recalled) {
  if (auto* const kept = mark(recalled.copy)) kept->transmission.reset();
}

void MemoryStore::keep(relay::Heard const& heard) { heard_[heard.circuit] = heard; }

void MemoryStore::keep(relay::Closure const& closure) { closures_[closure.circuit] = closure; }

void MemoryStore::keep(relay::Moved const& moved) {
  auto const found = messages_.find(moved.copy.message);
  if (found == messages_.end()) return;
  auto& copies = found->second.stored.envelope.copies;
  copies.at(moved.copy.copy) = moved.into.front();
  copies.insert(copies.end(), moved.into.begin() + 1, moved.into.end());
  if (!relay::is_circuit_queue(moved.into.front().queue))
    if (auto* const kept = mark(moved.copy)) kept->transmission.reset();
}

std::optional<Failure> MemoryStore::replay(std::function<void(relay::Record const&)> const& apply) {
  std::scoped_lock const lock(mutex_);
  for (auto const& [number, kept] : messages_) {
    apply(relay::Accepted{kept.stored.envelope, nullptr});
    for (std::uint16_t copy = 0; copy != kept.marks.size(); ++copy) {
      auto const& mark = kept.marks[copy];
      if (mark.settled)
        apply(relay::Settled{{number, copy}});
      else if (mark.attempts > 0)
        apply(relay::Handed{{number, copy}, mark.attempts});
    }
    for (std::uint16_t copy = 0; copy != kept.marks.size(); ++copy) {
      auto const& transmission = kept.marks[copy].transmission;
      if (!transmission) continue;
      apply(relay::Numbered{transmission->circuit, transmission->number, {number, copy}});
      if (transmission->sent) apply(relay::Transmitted{{number, copy}});
    }
  }
  for (auto const& [circuit, number] : sent_) apply(relay::Numbered{circuit, number, {}});
  for (auto const& [circuit, heard] : heard_) apply(heard);
  for (auto const& [circuit, closure] : closures_) apply(closure);
  return std::nullopt;
}

std::variant<Store::Stored, Store::Missing> MemoryStore::message(relay::MessageNumber number) {
  std::scoped_lock const lock(mutex_);
  auto const found = messages_.find(number);
  if (found == messages_.end()) return Missing::unknown;
  if (found->second.damaged) return Missing::damaged;
  auto stored = found->second.stored;
  auto const& marks = found->second.marks;
  for (std::uint16_t copy = 0; copy != marks.size(); ++copy)
    if (auto const& transmission = marks[copy].transmission)
      stored.sent.push_back({copy, transmission->number, transmission->circuit});
  return stored;
}

std::size_t MemoryStore::messages() const {
  std::scoped_lock const lock(mutex_);
  return messages_.size();
}

void MemoryStore::damage(relay::MessageNumber number) {
  std::scoped_lock const lock(mutex_);
  messages_.at(number).damaged = true;
}

void MemoryStore::keep(relay::Pruned const& pruned) { messages_.erase(pruned.number); }

Store::Settled MemoryStore::settled_before(relay::Now time, relay::MessageNumber from, std::size_t most) {
  std::scoped_lock const lock(mutex_);
  Settled found;
  for (auto at = messages_.lower_bound(from); at != messages_.end() && std::next(at) != messages_.end();
       ++at) {
    auto const& [number, kept] = *at;
    if (kept.stored.envelope.accepted_at >= time) break;
    if (most-- == 0) return found.next = number, found;
    auto const settled = std::ranges::count_if(kept.marks, &Mark::settled);
    if (static_cast<std::size_t>(settled) == kept.stored.envelope.copies.size())
      found.messages.push_back(kept.stored.envelope);
  }
  return found;
}

// The texts are read each time.
Found MemoryStore::search(Wanted const& wanted, relay::MessageNumber before, std::size_t most) {
  auto const terms = terms_of(wanted);
  grammar::Parser parser;
  std::size_t looked_at = 0;
  std::scoped_lock const lock(mutex_);
  Found found;
  auto at = before == 0 ? messages_.end() : messages_.lower_bound(before);
  while (at != messages_.begin()) {
    if (found.messages.size() == most || looked_at++ == max_looked_at_to_find)
      return found.next = at == messages_.end() ? 0 : at->first, found;
    auto const& [number, kept] = *--at;
    if (terms.empty() ||
        (!kept.damaged && has_all(terms_of(kept.stored.envelope, parser.parse(kept.stored.text)), terms)))
      found.messages.push_back(number);
  }
  return found;
}

void MemoryStore::fail(std::size_t times) {
  std::scoped_lock const lock(mutex_);
  failures_ = times;
}

}  // namespace torntape::store
