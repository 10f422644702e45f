// The ports of a switch, and the threads that serve them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "directory/network.hpp"
#include "router/service/endpoint.hpp"
#include "router/service/guard.hpp"
#include "router/service/intake.hpp"
#include "router/service/lesson.hpp"
#include "router/service/switch.hpp"

namespace torntape::service {

struct Failure {
  std::string message;  // in words, for the operator
};

// Remarks of a running switch go to standard error; `quiet`: errors only.
void log_to_standard_error(bool quiet);

class Service {
 public:
  // The switch must be started, and outlive the service. `directory` is null in an open switch.
  // `before_judging` is called before each judgement, on its thread: a gate for tests.
  // `line_speed`: circuits send no faster than their bits per second.
  Service(Switch& house, std::shared_ptr<directory::Directory const> directory,
          std::function<void()> before_judging = nullptr, bool line_speed = false);
  Service(Service const&) = delete;
  Service& operator=(Service const&) = delete;
  ~Service();  // closes the switch

  // Before it listens or calls: who may do what, and under which certificates. Without a guard everybody may
  // everything, and it listens and calls on loopback only...
  void guard(std::shared_ptr<Guard const> guard);
  // ...unless the network beyond is trusted.
  void go_insecure();

  // Returns where it listens: the port given, or the one found for port 0.
  [[nodiscard]] std::variant<Endpoint, Failure> listen_protobuf(Endpoint const& endpoint);
  // Likewise.
  [[nodiscard]] std::variant<Endpoint, Failure> listen_http(Endpoint const& endpoint);
  // For circuits whose far end dials; likewise.
  [[nodiscard]] std::variant<Endpoint, Failure> listen_circuit(Endpoint const& endpoint);
  // Keeps a circuit connected to its far end, which listens there.
  [[nodiscard]] std::optional<Failure> dial(std::string circuit, Endpoint const& endpoint);
  // Lessons for the teaching desk, beside those built in. Before `run`.
  void teach(std::vector<Lesson> lessons);
  // Metrics of what works beside the ports, told with those of the switch. Before `run`; any thread calls it.
  void measure(std::function<std::string()> metrics);
  // What is let in. Before `run`.
  void admit(Admission admission);
  // SIGTERM and SIGINT stop the service.
  void stop_on_signals();
  // At SIGHUP another network takes the place of the one before, on all sides at once, and another guard. The
  // functions, where there are any, give them, or null with the reason told: then the one before stays.
  void reread_on_hangup(std::function<std::shared_ptr<directory::Directory const>()> network,
                        std::function<std::shared_ptr<Guard const>()> guard = nullptr);

  // Serves until stopped, and then until all that was under way is answered, for some seconds at most.
  // False where a judgement that has begun does not end: destroying the service would wait for it. All that
  // was accepted is durable, so the process may end at once.
  [[nodiscard]] bool run();
  // Any thread.
  void stop();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace torntape::service
