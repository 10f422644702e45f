// Over which circuit a relay reaches another: least sum of 1/bit-rate over the circuits, ties by fewer
// circuits, then by name.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "directory/network.hpp"

namespace torntape::network {

// An agreed way round a circuit that is out (RT-57; ACP 127(G) 307-309).
struct Alternate {
  std::vector<directory::Circuit const*> way;  // in order, one at least
  directory::Class approved_to{};              // the lowest of the way: what may take all of it (RT-51)
};

class Routes {
 public:
  explicit Routes(std::shared_ptr<directory::Directory const> directory);

  [[nodiscard]] directory::Directory const& directory() const { return *directory_; }
  // The first circuit on the way; null where there is none, or from == to.
  [[nodiscard]] directory::Circuit const* next(std::string_view from, std::string_view to) const;
  // The whole way, as circuits in order.
  [[nodiscard]] std::vector<directory::Circuit const*> way(std::string_view from, std::string_view to) const;
  // On over an alternate of which `here` is in the middle: the circuit behind `received` on the agreed way
  // round a circuit that the normal way leads over. Null where there is none.
  [[nodiscard]] directory::Circuit const* round(std::string_view here, std::string_view received,
                                                std::string_view to) const;

 private:
  std::shared_ptr<directory::Directory const> directory_;
  std::size_t relays_ = 0;
  std::vector<directory::Circuit const*> next_;  // from * relays_ + to
};

// The relay at the other end, and the designator under which this end sends.
[[nodiscard]] std::string_view far_end(directory::Circuit const& circuit, std::string_view relay);
[[nodiscard]] std::string_view sending_channel(directory::Circuit const& circuit, std::string_view relay);
// The ways round a circuit from one of its ends, the preferred first.
[[nodiscard]] std::vector<Alternate> alternates(directory::Network const& network,
                                                directory::Circuit const& circuit, std::string_view from);

}  // namespace torntape::network
