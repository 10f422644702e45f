#include "router/service/switch.hpp"

#include <utility>

namespace torntape::service {

relay::Now system_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Switch::Switch(Site site, std::unique_ptr<store::Store> store, Clock clock)
    : here_{site.here}, store_{std::move(store)}, relay_{std::move(site), *store_, std::move(clock)} {}

std::optional<store::Failure> Switch::start() { return relay_.start(); }

void Switch::handle(relay::Event event, Answer answer) { relay_.push(std::move(event), std::move(answer)); }

void Switch::ask(Question question, Answer answer) { relay_.push(std::move(question), std::move(answer)); }

void Switch::close() { relay_.finish(); }

}  // namespace torntape::service
