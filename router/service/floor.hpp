// What all connections of a switch share. Outlives them.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/thread_pool.hpp>

#include "router/service/delivery.hpp"
#include "router/service/directory_in_force.hpp"
#include "router/service/events.hpp"
#include "router/service/guard.hpp"
#include "router/service/intake.hpp"
#include "router/service/lesson.hpp"
#include "router/service/limits.hpp"
#include "router/service/metrics.hpp"
#include "router/service/switch.hpp"

namespace torntape::service {

class TestTraffic;

struct Floor {
  Switch& house;
  DirectoryInForce directory;
  Messages messages;
  std::function<void()> before_judging;      // a gate for tests; may be null
  std::atomic<std::size_t> filing_bytes{0};  // submitted and not yet answered
  std::atomic<std::size_t> judging{0};       // judgements that have begun and not ended
  std::atomic<std::size_t> refused_at_stop{0};
  std::atomic<bool> closing{false};  // the switch is being stopped
  Metrics metrics{};
  Events events{max_events_kept};
  std::function<std::string()> more_metrics{};  // of what works beside the ports; may be null
  std::vector<Lesson> lessons{};                // not changed once the service runs
  GuardInForce guard{};
  bool beyond_loopback = false;            // HTTP listens there without a guard, in a network that is trusted
  bool line_speed = false;                 // circuits send no faster than their bits per second
  std::shared_ptr<TestTraffic> traffic{};  // that this switch makes for itself
  Admission admission{};                   // not changed once the service runs
  boost::asio::thread_pool judges;  // what comes in is read and judged here: connections never wait for it
};

}  // namespace torntape::service
