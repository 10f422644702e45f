#include "router/store/group.hpp"

#include <limits>
#include <memory>
#include <utility>

#include <torntape/store/v1/log.pb.h>

#include "grammar/received.hpp"
#include "router/store/envelope.hpp"

namespace torntape::store {

namespace {

void set(v1::CopyId& kept, relay::CopyId copy) {
  kept.set_message(copy.message);
  kept.set_copy(copy.copy);
}

relay::CopyId copy_id(v1::CopyId const& kept) {
  return {kept.message(), static_cast<std::uint16_t>(kept.copy())};
}

grammar::SharedMessage message_of(std::string const& text) {
  return std::make_shared<grammar::Received const>(text);
}

void set(v1::Record& kept, relay::Accepted const& accepted) {
  auto& to = *kept.mutable_accepted();
  to.set_number(accepted.envelope.number);
  write(accepted.envelope, *to.mutable_envelope());
  if (accepted.message != nullptr) to.set_text(accepted.message->bytes());
}
void set(v1::Record& kept, relay::Handed const& handed) {
  set(*kept.mutable_handed()->mutable_copy(), handed.copy);
  kept.mutable_handed()->set_attempt(handed.attempt);
}
void set(v1::Record& kept, relay::Settled const& settled) { set(*kept.mutable_settled(), settled.copy); }
void set(v1::Record& kept, relay::Refiled const& refiled) {
  kept.mutable_refiled()->set_number(refiled.number);
  kept.mutable_refiled()->set_text(refiled.message->bytes());
}
void set(v1::Record& kept, relay::Numbered const& numbered) {
  auto& to = *kept.mutable_numbered();
  to.set_circuit(numbered.circuit);
  to.set_number(numbered.number);
  if (numbered.copy.message != 0) set(*to.mutable_copy(), numbered.copy);
}
void set(v1::Record& kept, relay::Transmitted const& transmitted) {
  set(*kept.mutable_transmitted(), transmitted.copy);
}
void set(v1::Record& kept, relay::Recalled const& recalled) { set(*kept.mutable_recalled(), recalled.copy); }
void set(v1::Record& kept, relay::Heard const& heard) {
  auto& to = *kept.mutable_heard();
  to.set_circuit(heard.circuit);
  to.set_number(heard.number);
  if (heard.before_gap) to.set_before_gap(*heard.before_gap);
}
void set(v1::Record& kept, relay::Closure const& closure) {
  kept.mutable_closure()->set_circuit(closure.circuit);
  kept.mutable_closure()->set_closed(closure.closed);
}
void set(v1::Record& kept, relay::Moved const& moved) {
  set(*kept.mutable_moved()->mutable_copy(), moved.copy);
  for (auto const& copy : moved.into) write(copy, *kept.mutable_moved()->add_into());
}
void set(v1::Record& kept, relay::Pruned const& pruned) { kept.set_pruned(pruned.number); }

relay::ChannelNumber channel_number(std::uint32_t kept) { return static_cast<relay::ChannelNumber>(kept); }

std::optional<relay::Record> record_of(v1::Accepted const& kept) {
  auto envelope = read(kept.number(), kept.envelope());
  if (!envelope) return std::nullopt;
  return relay::Accepted{*std::move(envelope), message_of(kept.text())};
}

std::optional<relay::Record> record_of(v1::Moved const& kept) {
  relay::Moved moved{copy_id(kept.copy()), {}};
  for (auto const& into : kept.into()) {
    auto copy = read(into);
    if (!copy) return std::nullopt;
    moved.into.push_back(*std::move(copy));
  }
  if (moved.into.empty()) return std::nullopt;
  return moved;
}

relay::Record record_of(v1::Heard const& kept) {
  relay::Heard heard{kept.circuit(), channel_number(kept.number())};
  if (kept.has_before_gap()) heard.before_gap.emplace(channel_number(kept.before_gap()));
  return heard;
}

std::optional<relay::Record> record_of(v1::Record const& kept) {
  switch (kept.what_case()) {
    case v1::Record::kAccepted:
      return record_of(kept.accepted());
    case v1::Record::kHanded:
      return relay::Handed{copy_id(kept.handed().copy()), kept.handed().attempt()};
    case v1::Record::kSettled:
      return relay::Settled{copy_id(kept.settled())};
    case v1::Record::kRefiled:
      return relay::Refiled{kept.refiled().number(), message_of(kept.refiled().text())};
    case v1::Record::kNumbered:
      return relay::Numbered{kept.numbered().circuit(), channel_number(kept.numbered().number()),
                             copy_id(kept.numbered().copy())};
    case v1::Record::kTransmitted:
      return relay::Transmitted{copy_id(kept.transmitted())};
    case v1::Record::kRecalled:
      return relay::Recalled{copy_id(kept.recalled())};
    case v1::Record::kHeard:
      return record_of(kept.heard());
    case v1::Record::kClosure:
      return relay::Closure{kept.closure().circuit(), kept.closure().closed()};
    case v1::Record::kMoved:
      return record_of(kept.moved());
    case v1::Record::kPruned:
      return relay::Pruned{kept.pruned()};
    case v1::Record::WHAT_NOT_SET:  // of a later version
      break;
  }
  return std::nullopt;
}

}  // namespace

std::string encode(std::span<relay::Record const> records, bool told_again) {
  v1::Group kept;
  kept.set_told_again(told_again);
  for (auto const& record : records) {
    auto& to = *kept.add_records();
    std::visit([&to](auto const& what) { set(to, what); }, record);
  }
  return kept.SerializeAsString();
}

std::optional<Group> decode_group(std::string_view bytes) {
  v1::Group kept;
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !kept.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return std::nullopt;
  Group group{{}, kept.told_again()};
  for (auto const& from : kept.records()) {
    auto record = record_of(from);
    if (!record) return std::nullopt;
    group.records.push_back(*std::move(record));
  }
  return group;
}

}  // namespace torntape::store
