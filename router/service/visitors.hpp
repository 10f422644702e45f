// How many connections each address has. Loopback is counted as nobody's: all of a machine's clients are
// there.
#pragma once

#include <cstddef>
#include <map>

#include <boost/asio/ip/address.hpp>

namespace torntape::service {

class Visitors {
 public:
  explicit Visitors(std::size_t most) : most_{most} {}

  // One more; false where the address has as many as it may.
  [[nodiscard]] bool enter(boost::asio::ip::address const& address) {
    if (address.is_loopback()) return true;
    auto& count = counts_[address];
    if (count == most_) return false;
    ++count;
    return true;
  }
  void leave(boost::asio::ip::address const& address) {
    auto const found = counts_.find(address);
    if (found != counts_.end() && --found->second == 0) counts_.erase(found);
  }

 private:
  std::size_t most_;
  std::map<boost::asio::ip::address, std::size_t> counts_;
};

}  // namespace torntape::service
