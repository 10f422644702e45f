// Where the messages come from that are sent: made up, read from files, or both through a transformation. It
// may have none yet: what is piped in comes when it comes, and answers do not wait for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace torntape::send {

struct Sourced {
  std::string text;                                 // as it is to be sent
  std::string original = {};                        // before faults; empty where there are none
  std::optional<std::chrono::nanoseconds> at = {};  // since the start; outranks the pace
  std::chrono::nanoseconds stall{0};                // the line is silent so long before it
  bool damaged = false;                             // on purpose: nothing of it is mended on the way
  bool withheld = false;                            // it does not leave
};

class Source {
 public:
  enum class State : std::uint8_t { message, none_yet, end };

  Source() = default;
  Source(Source const&) = delete;
  Source& operator=(Source const&) = delete;
  virtual ~Source() = default;

  [[nodiscard]] virtual State next(Sourced& message) = 0;
};

// What a function gives, until it gives nothing.
class FromFunction : public Source {
 public:
  using Give = std::function<std::optional<Sourced>()>;
  explicit FromFunction(Give give) : give_{std::move(give)} {}
  [[nodiscard]] State next(Sourced& message) override;

 private:
  Give give_;
};

// What a reader on a thread of its own gives away, a few messages ahead.
class FromReader : public Source {
 public:
  // Gives a message away; false where no more are wanted.
  using Take = std::function<bool(Sourced)>;
  // Reads all there is.
  using Read = std::function<void(Take const&)>;

  explicit FromReader(Read read);
  ~FromReader() override;
  [[nodiscard]] State next(Sourced& message) override;

 private:
  static constexpr std::size_t most_ahead = 256;
  bool take(Sourced message);

  std::mutex mutex_;
  std::condition_variable room_;
  std::deque<Sourced> ahead_;
  bool ended_ = false, unwanted_ = false;
  std::thread thread_;
};

}  // namespace torntape::send
