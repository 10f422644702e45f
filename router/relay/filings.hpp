// Which texts and which identities a relay has accepted, to tell a repeated filing (RT-30).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "router/relay/event.hpp"

namespace torntape::relay {

class Filings {
 public:
  struct First {
    MessageNumber number = 0;
    std::uint32_t action_copies = 0, info_copies = 0, transmissions = 0;
  };

  void add(Envelope const& envelope);
  void forget(Envelope const& envelope);
  // The first filing of the same bytes.
  [[nodiscard]] std::optional<First> of(Digest const& digest) const;
  // The first message of the same identity. Remembered by a hash: good for a note, not for a decision.
  [[nodiscard]] std::optional<MessageNumber> of(std::string_view identity) const;

 private:
  struct Packed {  // First, in 12 bytes
    std::uint32_t number_low = 0;
    std::uint16_t number_high = 0, action_copies = 0, info_copies = 0, transmissions = 0;
  };
  struct DigestHash {
    std::size_t operator()(Digest const& digest) const;
  };

  boost::unordered_flat_map<Digest, Packed, DigestHash> digests_;
  boost::unordered_flat_map<std::uint64_t, MessageNumber> identities_;
};

}  // namespace torntape::relay
