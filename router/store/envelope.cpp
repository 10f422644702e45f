#include "router/store/envelope.hpp"

#include <algorithm>
#include <limits>

#include <torntape/store/v1/record.pb.h>

namespace torntape::store {

namespace {

using grammar::AddresseeKind;
using grammar::Precedence;

constexpr std::uint32_t precedence_bits = 0b0111, kind_bit = 0b1000;
constexpr auto highest_class = directory::Class::top_secret;
constexpr int most_copies = std::numeric_limits<std::uint16_t>::max();

}  // namespace

std::optional<relay::EnvelopeCopy> read(v1::EnvelopeCopy const& kept) {
  auto const bits = kept.kind_and_precedence();
  auto const precedence = bits & precedence_bits;
  if (bits > (precedence_bits | kind_bit) ||
      precedence > static_cast<std::uint32_t>(Precedence::emergency_command))
    return std::nullopt;
  auto const kind = (bits & kind_bit) != 0 ? AddresseeKind::info : AddresseeKind::action;
  return relay::EnvelopeCopy{kept.queue(),
                             kind,
                             static_cast<Precedence>(precedence),
                             {kept.called().begin(), kept.called().end()},
                             kept.reason(),
                             kept.members(),
                             kept.rerouted()};
}

void write(relay::EnvelopeCopy const& copy, v1::EnvelopeCopy& kept) {
  kept.set_queue(copy.queue);
  kept.set_kind_and_precedence(static_cast<std::uint32_t>(copy.precedence) |
                               (copy.kind == AddresseeKind::info ? kind_bit : 0U));
  for (auto const& called : copy.called) kept.add_called(called);
  kept.set_reason(copy.reason);
  kept.set_members(copy.members);
  kept.set_rerouted(copy.rerouted);
}

void write(relay::Envelope const& envelope, v1::Envelope& kept) {
  kept.set_accepted_at(envelope.accepted_at.time_since_epoch().count());
  kept.set_digest(envelope.digest.data(), envelope.digest.size());
  kept.set_identity(envelope.identity);
  kept.set_suspected_duplicate(envelope.suspected_duplicate);
  kept.set_size(envelope.size);
  kept.set_received_over(envelope.received_over);
  kept.set_received_as(envelope.received_as);
  kept.set_classification(static_cast<std::uint32_t>(envelope.classification) + 1);
  for (auto const& copy : envelope.copies) write(copy, *kept.add_copies());
}

std::string encode(relay::Envelope const& envelope) {
  v1::Envelope kept;
  write(envelope, kept);
  return kept.SerializeAsString();
}

std::optional<relay::Envelope> decode(relay::MessageNumber number, std::string_view bytes) {
  v1::Envelope kept;
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !kept.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return std::nullopt;
  return read(number, kept);
}

std::optional<relay::Envelope> read(relay::MessageNumber number, v1::Envelope const& kept) {
  relay::Envelope envelope;
  if (kept.digest().size() != envelope.digest.size() || kept.copies_size() > most_copies) return std::nullopt;
  envelope.number = number;
  envelope.accepted_at = relay::Now(relay::Duration(kept.accepted_at()));
  std::ranges::transform(kept.digest(), envelope.digest.begin(),
                         [](char c) { return static_cast<std::uint8_t>(c); });
  envelope.identity = kept.identity();
  envelope.suspected_duplicate = kept.suspected_duplicate();
  envelope.size = kept.size();
  envelope.received_over = kept.received_over();
  envelope.received_as = kept.received_as();
  if (kept.classification() > 0 && kept.classification() <= static_cast<std::uint32_t>(highest_class) + 1)
    envelope.classification = static_cast<directory::Class>(kept.classification() - 1);
  envelope.copies.reserve(static_cast<std::size_t>(kept.copies_size()));
  for (auto const& kept_copy : kept.copies()) {
    auto copy = read(kept_copy);
    if (!copy) return std::nullopt;
    envelope.copies.push_back(std::move(*copy));
  }
  return envelope;
}

}  // namespace torntape::store
