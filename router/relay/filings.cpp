#include "router/relay/filings.hpp"

#include <cstring>
#include <functional>

namespace torntape::relay {

namespace {

std::uint64_t hash_of(std::string_view identity) { return std::hash<std::string_view>{}(identity); }

}  // namespace

// A digest is evenly spread already.
std::size_t Filings::DigestHash::operator()(Digest const& digest) const {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

void Filings::add(Envelope const& envelope) {
  Packed first{static_cast<std::uint32_t>(envelope.number),
               static_cast<std::uint16_t>(envelope.number >> 32U), 0, 0, 0};
  for (auto const& copy : envelope.copies)
    ++(is_circuit_queue(copy.queue)                  ? first.transmissions
       : copy.kind == grammar::AddresseeKind::action ? first.action_copies
                                                     : first.info_copies);
  digests_.emplace(envelope.digest, first);
  if (!envelope.identity.empty()) identities_.emplace(hash_of(envelope.identity), envelope.number);
}

void Filings::forget(Envelope const& envelope) {
  if (auto const first = of(envelope.digest); first && first->number == envelope.number)
    digests_.erase(envelope.digest);
  if (of(envelope.identity) == envelope.number) identities_.erase(hash_of(envelope.identity));
}

std::optional<Filings::First> Filings::of(Digest const& digest) const {
  auto const found = digests_.find(digest);
  if (found == digests_.end()) return std::nullopt;
  auto const& first = found->second;
  return First{MessageNumber{first.number_high} << 32U | first.number_low, first.action_copies,
               first.info_copies, first.transmissions};
}

std::optional<MessageNumber> Filings::of(std::string_view identity) const {
  auto const found = identities_.find(hash_of(identity));
  return found == identities_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace torntape::relay
