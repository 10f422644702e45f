// What comes to the thread of a feed from the threads of the switch. It may come once the feed has ended:
// then it is dropped.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "grammar/message.hpp"
#include "traffic/send/destination.hpp"

namespace torntape::feed {

class Inbox {
 public:
  using Arrivals = std::map<std::string, grammar::Precedence>;  // the highest, by queue
  struct Mail {
    std::vector<std::function<void()>> answers;
    Arrivals arrived;
  };

  // Any thread.
  void put(std::function<void()> answer) {
    {
      std::scoped_lock const lock{mutex_};
      if (closed_) return;
      mail_.answers.push_back(std::move(answer));
    }
    came_.notify_one();
  }
  void arrived(std::string const& queue, grammar::Precedence precedence) {
    {
      std::scoped_lock const lock{mutex_};
      if (closed_) return;
      auto& highest = mail_.arrived.try_emplace(queue, precedence).first->second;
      highest = std::max(highest, precedence);
    }
    came_.notify_one();
  }
  void wake() {
    {
      std::scoped_lock const lock{mutex_};
      woken_ = true;
    }
    came_.notify_one();
  }

  // What has come; where nothing has, waits for it until then.
  [[nodiscard]] Mail take(send::Time until) {
    std::unique_lock lock{mutex_};
    auto const any = [this] { return woken_ || !mail_.answers.empty() || !mail_.arrived.empty(); };
    came_.wait_until(lock, until, any);
    woken_ = false;
    return std::exchange(mail_, {});
  }
  void close() {
    std::scoped_lock const lock{mutex_};
    closed_ = true;
    mail_ = {};
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  Mail mail_;
  bool woken_ = false, closed_ = false;
};

}  // namespace torntape::feed
