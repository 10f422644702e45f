// What a running switch counts, as Prometheus reads it (text format 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include <torntape/v1/switch.pb.h>

#include "grammar/message.hpp"
#include "router/service/committer.hpp"
#include "router/service/reply.hpp"

namespace torntape::service {

enum class Port : unsigned char { protobuf, circuit, http };
inline constexpr std::array ports{Port::protobuf, Port::circuit, Port::http};

// How long copies stayed before they were first handed out or sent on, by precedence.
class InStation {
 public:
  // Seconds. The objectives of speed of service are among them: 10 and 30 minutes, 3 and 6 hours.
  static constexpr std::array<double, 11> bounds{0.01, 0.1, 1, 5, 10, 60, 300, 600, 1'800, 10'800, 21'600};

  void add(std::chrono::milliseconds time);
  struct Seen {
    std::array<std::uint64_t, bounds.size() + 1> up_to{};  // cumulative; the last one counts all
    double sum = 0;                                        // seconds
  };
  [[nodiscard]] Seen seen() const;

 private:
  std::array<std::atomic<std::uint64_t>, bounds.size() + 1> buckets_{};
  std::atomic<std::uint64_t> milliseconds_{0};
};

// Of a store that lies in an engine.
[[nodiscard]] std::string metrics_of(store::Standing const& standing);

// Any thread.
class Metrics {
 public:
  void count(Committed const& committed, relay::Now now);
  void count(v1::Refusal const& refusal);
  void opened(Port port) { ++connections_[static_cast<std::size_t>(port)]; }
  void closed(Port port) { --connections_[static_cast<std::size_t>(port)]; }

  // `queues` as they are at `now`.
  [[nodiscard]] std::string text(Queues const& queues, relay::Now now) const;

 private:
  using Counter = std::atomic<std::uint64_t>;
  static constexpr std::size_t precedences = 6;  // `none` among them

  void count(Reply const& reply, relay::Now now);
  void write_counters(std::string& out) const;
  void write_in_station(std::string& out) const;
  void write_refusals(std::string& out) const;
  void write_connections(std::string& out) const;

  Counter commits_{0}, failed_commits_{0};
  Counter filed_{0}, received_{0}, handed_{0}, sent_{0}, settled_{0};
  std::array<InStation, precedences> in_station_;
  std::array<std::atomic<std::int64_t>, ports.size()> connections_{};
  mutable std::mutex refusing_;
  std::map<v1::Reason, std::uint64_t> refusals_;
  std::map<std::string, std::uint64_t> broken_rules_;  // as many as there are rules
};

}  // namespace torntape::service
