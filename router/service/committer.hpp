// One thread that makes outcomes durable: whatever has gathered is committed as one group, then its
// answers are given, in order. Nothing is answered before it is durable.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "router/service/reply.hpp"
#include "router/store/store.hpp"

namespace torntape::service {

// A failed commit ends the life of the relay that decided it; whatever else was decided in that life is
// refused as well, since it may build on what was lost.
using Life = std::uint64_t;

struct Owed {
  Answer answer;
  Reply reply;
};

struct Decided {
  Life life = 0;
  std::vector<relay::Record> records;
  std::vector<Owed> owed;
};

class Committer {
 public:
  // `on_failure` is called on the commit thread when a life has ended.
  Committer(store::Store& store, std::function<void()> on_failure);
  Committer(Committer const&) = delete;
  Committer& operator=(Committer const&) = delete;
  ~Committer();

  void push(Decided decided);
  [[nodiscard]] Life life() const { return life_.load(); }
  // Commits and answers all that was pushed, then ends the thread.
  void finish();

 private:
  void run();
  [[nodiscard]] std::vector<Decided> take_group();
  void settle(std::vector<Decided> group);

  store::Store& store_;
  std::function<void()> on_failure_;
  std::atomic<Life> life_{1};
  std::string failure_;       // of the last commit that failed
  std::size_t failures_ = 0;  // in a row
  std::mutex mutex_;
  std::condition_variable gathered_;
  std::deque<Decided> waiting_;
  bool finishing_ = false;
  std::thread thread_;
};

}  // namespace torntape::service
