// Whom the copies call that are for no station here: FL2 of a leg, the indicator of an intercepted copy. Kept
// to route them anew; many call the same, and each list is kept once.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/flyweight.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include "router/relay/event.hpp"

namespace torntape::relay {

class Calls {
 public:
  // Nothing of a copy for a station. `identity`: of its message, kept of an intercepted copy.
  void set(CopyId id, EnvelopeCopy const& copy, std::string_view identity);
  void forget(CopyId id);
  [[nodiscard]] std::vector<std::string> of(CopyId id) const;
  [[nodiscard]] bool rerouted(CopyId id) const;
  [[nodiscard]] std::string identity(CopyId intercepted) const;

 private:
  using Key = std::uint64_t;  // message number << 16 | copy
  struct Call {
    boost::flyweight<std::string> indicators;  // each with an end of line
    bool rerouted = false;
  };

  [[nodiscard]] static Key key_of(CopyId id) { return id.message << 16U | id.copy; }

  boost::unordered_flat_map<Key, Call> calls_;
  std::map<CopyId, std::string> identities_;
};

}  // namespace torntape::relay
