#include "router/relay/calls.hpp"

namespace torntape::relay {

void Calls::set(CopyId id, EnvelopeCopy const& copy, std::string_view identity) {
  forget(id);
  bool const intercepted = copy.queue == intercept_queue;
  if (!intercepted && !is_circuit_queue(copy.queue) && !is_set_aside_queue(copy.queue)) return;
  std::string indicators;
  for (auto const& called : copy.called) indicators.append(called).append("\n");
  calls_.emplace(key_of(id), Call{boost::flyweight<std::string>(indicators), copy.rerouted});
  if (intercepted) identities_.emplace(id, identity);
}

void Calls::forget(CopyId id) {
  calls_.erase(key_of(id));
  identities_.erase(id);
}

std::vector<std::string> Calls::of(CopyId id) const {
  std::vector<std::string> indicators;
  auto const found = calls_.find(key_of(id));
  if (found == calls_.end()) return indicators;
  std::string_view rest = found->second.indicators.get();
  while (!rest.empty()) {
    auto const end = rest.find('\n');
    if (end != 0) indicators.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return indicators;
}

bool Calls::rerouted(CopyId id) const {
  auto const found = calls_.find(key_of(id));
  return found != calls_.end() && found->second.rerouted;
}

std::string Calls::identity(CopyId intercepted) const {
  auto const found = identities_.find(intercepted);
  return found == identities_.end() ? std::string() : found->second;
}

}  // namespace torntape::relay
