#include "router/service/wrong_tokens.hpp"

#include <cstdint>
#include <mutex>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "router/service/limits.hpp"

namespace torntape::service {

void tell_wrong_token(std::string_view from) {
  using Clock = std::chrono::steady_clock;
  static std::mutex telling;
  static Clock::time_point next{};
  static std::uint64_t untold = 0;
  std::scoped_lock const lock{telling};
  ++untold;
  if (Clock::now() < next) return;
  next = Clock::now() + warn_every;
  spdlog::warn("a token that is nobody's was shown{}{}{}", from.empty() ? "" : " from ", from,
               untold == 1 ? "" : fmt::format("; {} since the last time this was told", untold));
  untold = 0;
}

}  // namespace torntape::service
