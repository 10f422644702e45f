// Where messages go. One thread works a destination: it hands messages over, lets things happen for a while,
// and takes the answers. Nothing here waits for a single message to be answered, so a window of them can be
// under way.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace torntape::send {

using Time = std::chrono::steady_clock::time_point;

enum class Result : std::uint8_t {
  confirmed,  // the destination says that it has it
  sent,       // it has left; nothing comes back over this protocol
  refused,    // the destination says no
  not_taken,  // it is certainly not there, and may be sent again
  unknown     // it has left, and nobody knows whether it got there
};

struct Outgoing {
  std::uint64_t number = 0;  // from 1
  std::string key;           // of this message in this run: the same at every attempt
  std::string text;
  bool damaged = false;  // on purpose: nothing of it is mended on the way
};

struct Answer {
  std::uint64_t number = 0;
  Result result = Result::confirmed;
  std::string why = {};  // where it is no good one
};

class Destination {
 public:
  Destination() = default;
  Destination(Destination const&) = delete;
  Destination& operator=(Destination const&) = delete;
  virtual ~Destination() = default;

  // Whether a message can be handed over now. Where a connection is wanted, one is attempted if its time has
  // come.
  [[nodiscard]] virtual bool ready() = 0;
  // Only while ready. Each message handed over is answered, once.
  virtual void hand_over(Outgoing const& message) = 0;
  // Lets things happen until an answer has come, or until then.
  virtual void work(Time until, std::vector<Answer>& answers) = 0;
  // No more messages come for now: what is held back, to be confirmed together with others, is done.
  virtual void flush() {}
  // A message that is handed over again, under the same key, is not there twice.
  [[nodiscard]] virtual bool knows_repeats() const = 0;

  // Why it is not ready, in words; empty while it is.
  [[nodiscard]] virtual std::string const& trouble() const = 0;
  // How often a lost connection was made anew.
  [[nodiscard]] virtual std::uint64_t reconnections() const = 0;
};

}  // namespace torntape::send
