// One thread that makes outcomes durable: whatever has gathered is committed as one group, then its
// answers are given, in order. Nothing is answered before it is durable.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string>
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

struct LineChanged {
  std::string circuit;
  bool up = false;
};

struct Decided {
  Life life = 0;
  std::vector<relay::Record> records;
  std::vector<Owed> owed;
  std::vector<LineChanged> lines = {};
  bool ask_store = false;  // whether it can commit: if not, the life of the relay ends
};

// What one commit has made durable, and what follows from it.
struct Committed {
  bool failed = false;  // nothing of it is
  std::span<relay::Record const> records;
  std::span<Decided const> group;  // its records are above
};
// Called on the commit thread, before anybody is answered: must not block.
using Watcher = std::function<void(Committed const&)>;

class Committer {
 public:
  // `on_failure` is called on the commit thread when a life has ended.
  Committer(store::Store& store, std::function<void()> on_failure);
  Committer(Committer const&) = delete;
  Committer& operator=(Committer const&) = delete;
  ~Committer();

  void push(Decided decided);
  void watch(Watcher watcher);  // beside those that watch already
  [[nodiscard]] Life life() const { return life_.load(); }
  // Commits and answers all that was pushed, then ends the thread.
  void finish();

 private:
  void run();
  [[nodiscard]] std::vector<Decided> take_group();
  void settle(std::vector<Decided> group);
  void tell(Committed const& committed);
  void index();

  store::Store& store_;
  std::function<void()> on_failure_;
  std::atomic<Life> life_{1};
  std::string failure_;       // of the last commit that failed
  std::size_t failures_ = 0;  // in a row
  std::mutex watching_;
  std::vector<Watcher> watchers_;
  std::mutex mutex_;
  std::condition_variable gathered_;
  std::deque<Decided> waiting_;
  bool finishing_ = false;
  std::thread thread_;
};

}  // namespace torntape::service
