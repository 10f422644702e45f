// The credit of one subscription: so many of its copies may be out at once. Pure; the session asks and sends.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "router/relay/event.hpp"

namespace torntape::service {

class Subscription {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Subscription(std::uint32_t credit, relay::Duration lease) : credit_{credit}, lease_{lease} {}

  [[nodiscard]] std::uint32_t credit() const { return credit_; }
  // Copies that may be sent now; whose lease has ended are out no longer.
  [[nodiscard]] std::uint32_t wanted(Time now);
  // When the next lease ends; none while nothing is out.
  [[nodiscard]] std::optional<Time> next_end() const;
  void sent(std::span<relay::CopyId const> copies, Time now);
  // Acknowledged, released, or not sent after all. True where one of them was out.
  bool back(std::span<relay::CopyId const> copies);

 private:
  std::uint32_t credit_;
  relay::Duration lease_;
  std::map<relay::CopyId, Time> out_;  // and when the lease ends
};

}  // namespace torntape::service
