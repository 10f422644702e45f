#include "traffic/send/source.hpp"

#include <utility>

namespace torntape::send {

Source::State FromFunction::next(Sourced& message) {
  auto given = give_();
  if (!given) return State::end;
  message = std::move(*given);
  return State::message;
}

FromReader::FromReader(Read read)
    : thread_{[this, read = std::move(read)] {
        read([this](Sourced message) { return take(std::move(message)); });
        std::lock_guard const lock{mutex_};
        ended_ = true;
      }} {}

FromReader::~FromReader() {
  {
    std::lock_guard const lock{mutex_};
    unwanted_ = true;
  }
  room_.notify_all();
  thread_.join();
}

bool FromReader::take(Sourced message) {
  std::unique_lock lock{mutex_};
  room_.wait(lock, [this] { return unwanted_ || ahead_.size() < most_ahead; });
  if (unwanted_) return false;
  ahead_.push_back(std::move(message));
  return true;
}

Source::State FromReader::next(Sourced& message) {
  std::lock_guard const lock{mutex_};
  if (ahead_.empty()) return ended_ ? State::end : State::none_yet;
  message = std::move(ahead_.front());
  ahead_.pop_front();
  room_.notify_all();
  return State::message;
}

}  // namespace torntape::send
