// Over which circuit a relay reaches another: least sum of 1/bit-rate over the circuits, ties by fewer
// circuits, then by name.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "directory/network.hpp"

namespace torntape::network {

class Routes {
 public:
  explicit Routes(std::shared_ptr<directory::Directory const> directory);

  [[nodiscard]] directory::Directory const& directory() const { return *directory_; }
  // The first circuit on the way; null where there is none, or from == to.
  [[nodiscard]] directory::Circuit const* next(std::string_view from, std::string_view to) const;
  // The whole way, as circuits in order.
  [[nodiscard]] std::vector<directory::Circuit const*> way(std::string_view from, std::string_view to) const;

 private:
  std::shared_ptr<directory::Directory const> directory_;
  std::size_t relays_ = 0;
  std::vector<directory::Circuit const*> next_;  // from * relays_ + to
};

// The relay at the other end, and the designator under which this end sends.
[[nodiscard]] std::string_view far_end(directory::Circuit const& circuit, std::string_view relay);
[[nodiscard]] std::string_view sending_channel(directory::Circuit const& circuit, std::string_view relay);

}  // namespace torntape::network
