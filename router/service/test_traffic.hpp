// Test traffic that a running switch makes for itself (docs/http.md, "Test traffic"): made-up messages filed
// at a rate, some of them broken on purpose, and what becomes of them. One run at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <variant>
#include <vector>

#include <torntape/v1/making.pb.h>
#include <torntape/v1/problem.pb.h>

#include "router/service/committer.hpp"
#include "router/service/traffic_plan.hpp"
#include "router/service/traffic_tally.hpp"

namespace torntape::service {

struct Floor;
class Intake;

class TestTraffic {
 public:
  // The floor and its switch outlive it.
  explicit TestTraffic(Floor& floor) : floor_{floor} {}
  TestTraffic(TestTraffic const&) = delete;
  TestTraffic& operator=(TestTraffic const&) = delete;
  ~TestTraffic() { (void)stop("the switch was stopped"); }

  // Any thread. Begins, and tells what was taken; or says in words why it cannot be.
  struct Busy {};  // there is a run already
  [[nodiscard]] std::variant<v1::TrafficState, Busy, std::string> start(v1::TrafficRequest const& request);
  // Any thread; waits for the end of what is under way.
  v1::TrafficState stop(std::string_view why = "it was stopped");
  // Any thread.
  [[nodiscard]] v1::TrafficState state() const;
  // On the commit thread.
  void watch(Committed const& committed);

 private:
  using Clock = std::chrono::steady_clock;

  void run(std::stop_token const& stop, generator::Stream stream);
  void file_what_is_due(Intake& intake, generator::Stream& stream);
  void file_one(Intake& intake, generator::Made const& made);
  [[nodiscard]] bool may_file() const;
  [[nodiscard]] bool is_own(relay::MessageNumber message) const;
  [[nodiscard]] bool all_filed() const;
  [[nodiscard]] std::size_t collect();
  [[nodiscard]] std::vector<relay::CopyId> hand(std::vector<std::string> const& queues);
  [[nodiscard]] std::vector<std::size_t> own_at_the_head(std::vector<std::string> const& queues);
  void end(std::string_view why, generator::Stream const& stream);
  void publish();

  Floor& floor_;
  std::atomic<bool> any_{false};  // was ever made: else what is committed need not be looked at
  std::mutex starting_;           // and stopping
  mutable std::mutex mutex_;
  std::condition_variable_any woken_;
  // All below under `mutex_`.
  v1::TrafficState told_;  // without the figures
  TrafficTally tally_;
  std::unordered_set<relay::MessageNumber> earlier_;  // messages of earlier runs, not all settled then
  std::size_t unanswered_ = 0;
  Clock::time_point begun_;
  std::string why_stopped_;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace torntape::service
