// The pause before another attempt: it grows while attempts fail.
#pragma once

#include <algorithm>
#include <chrono>

namespace torntape::send {

class Backoff {
 public:
  [[nodiscard]] bool over() const { return std::chrono::steady_clock::now() >= next_; }
  void failed() {
    next_ = std::chrono::steady_clock::now() + pause_;
    pause_ = std::min(longest, pause_ * 2);
  }
  void succeeded() { pause_ = first; }

 private:
  static constexpr std::chrono::milliseconds first{100}, longest{5'000};
  std::chrono::milliseconds pause_{first};
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace torntape::send
