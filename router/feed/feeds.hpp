// The feeds of a running switch, each on a thread of its own: one that is stuck delays no other.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "router/feed/settings.hpp"
#include "router/service/switch.hpp"

namespace torntape::feed {

class Feeds {
 public:
  // Or why there can be no such destination.
  [[nodiscard]] static std::variant<std::unique_ptr<Feeds>, std::string> open(std::vector<Settings> feeds);
  ~Feeds();
  Feeds(Feeds const&) = delete;
  Feeds& operator=(Feeds const&) = delete;

  // The switch must be started. It may end before the feeds or after them.
  void start(service::Switch& house);
  // Waits a little for what is handed over to be confirmed; the rest goes back to its queues. Before the
  // switch ends.
  void stop();
  // As Prometheus reads them. Any thread.
  [[nodiscard]] std::string metrics() const;

 private:
  class Worker;
  class Watch;
  explicit Feeds(std::vector<std::unique_ptr<Worker>> workers);

  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace torntape::feed
