// Work on many threads whose results are taken in the order in which it was given, with a bounded number of
// pieces under way.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace torntape::cli {

template <class Job, class Result>
class Ordered {
 public:
  using Work = std::function<Result(Job&)>;
  using Take = std::function<bool(Result&)>;

  // A worker is called by one thread only; one worker alone works on the calling thread. `take` is called on
  // the calling thread; false: no more is wanted.
  Ordered(std::vector<Work> workers, Take take) : take_(std::move(take)), most_(workers.size() * 4) {
    if (workers.size() == 1)
      alone_ = std::move(workers.front());
    else
      for (auto& work : workers) threads_.emplace_back([this, own = std::move(work)] { run(own); });
  }
  Ordered(Ordered const&) = delete;
  Ordered& operator=(Ordered const&) = delete;
  ~Ordered() { stop(); }

  // False once no more is wanted.
  bool give(Job job) {
    if (!wanted_) return false;
    if (alone_) {
      auto result = alone_(job);
      return wanted_ = take_(result);
    }
    {
      std::lock_guard const lock{mutex_};
      slots_.emplace_back(std::move(job));
    }
    changed_.notify_all();
    return take_down_to(most_);
  }

  bool finish() {
    auto const all = alone_ ? wanted_ : take_down_to(0);
    stop();
    return all;
  }

 private:
  struct Slot {
    explicit Slot(Job given) : job(std::move(given)) {}
    Job job;
    bool begun = false;
    std::optional<Result> result;
    std::exception_ptr failure;
    [[nodiscard]] bool done() const { return result || failure; }
  };

  // Waits while more than `left` are under way; takes whatever is done.
  bool take_down_to(std::size_t left) {
    std::unique_lock lock{mutex_};
    while (wanted_ && !slots_.empty()) {
      if (!slots_.front().done()) {
        if (slots_.size() <= left) break;
        changed_.wait(lock, [&] { return slots_.front().done(); });
      }
      auto slot = std::move(slots_.front());
      slots_.pop_front();
      lock.unlock();
      if (slot.failure) std::rethrow_exception(slot.failure);
      wanted_ = take_(*slot.result);
      lock.lock();
    }
    return wanted_;
  }

  void run(Work const& work) {
    std::unique_lock lock{mutex_};
    for (;;) {
      Slot* next = nullptr;
      changed_.wait(lock, [&] { return ended_ || (next = first_waiting()) != nullptr; });
      if (next == nullptr) return;
      next->begun = true;
      lock.unlock();
      do_it(work, *next);
      lock.lock();
      changed_.notify_all();
    }
  }

  // A deque does not move what is in it. Only the calling thread takes a slot away, once it is done.
  void do_it(Work const& work, Slot& slot) {
    std::optional<Result> result;
    std::exception_ptr failure;
    try {
      result = work(slot.job);
    } catch (...) {
      failure = std::current_exception();
    }
    std::lock_guard const lock{mutex_};
    slot.result = std::move(result);
    slot.failure = failure;
  }

  Slot* first_waiting() {
    for (auto& slot : slots_)
      if (!slot.begun) return &slot;
    return nullptr;
  }

  void stop() {
    {
      std::lock_guard const lock{mutex_};
      ended_ = true;
      for (auto& slot : slots_) slot.begun = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_)
      if (thread.joinable()) thread.join();
  }

  Take take_;
  std::size_t most_;
  Work alone_;
  bool wanted_ = true;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Slot> slots_;
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace torntape::cli
