// The directory that holds while the switch runs. Another may take its place; the ones before are kept, so
// that whoever is looking something up may go on.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "directory/network.hpp"

namespace torntape::service {

class DirectoryInForce {
 public:
  using Shared = std::shared_ptr<directory::Directory const>;  // null in an open switch

  explicit DirectoryInForce(Shared first) : shared_(std::move(first)), plain_(shared_.get()) {}

  // Any thread.
  [[nodiscard]] directory::Directory const* get() const { return plain_; }
  directory::Directory const* operator->() const { return get(); }
  [[nodiscard]] Shared shared() const {
    std::scoped_lock const lock(mutex_);
    return shared_;
  }
  void replace(Shared next) {
    std::scoped_lock const lock(mutex_);
    before_.push_back(std::exchange(shared_, std::move(next)));
    plain_ = shared_.get();
  }

 private:
  mutable std::mutex mutex_;
  Shared shared_;
  std::vector<Shared> before_;
  std::atomic<directory::Directory const*> plain_;
};

}  // namespace torntape::service
