// One destination, its messages and its pace: decides what is handed over when, what is tried again, and what
// is told of it in the end. Knows the time only from its clock, and waits only in its destination.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "traffic/send/destination.hpp"
#include "traffic/send/pace.hpp"
#include "traffic/send/source.hpp"
#include "traffic/send/tally.hpp"

namespace torntape::send {

struct LaneOptions {
  Pace pace;
  std::uint64_t seed = 1;                       // of a pace with chance in it
  std::chrono::nanoseconds since_midnight{0};   // at the start
  std::uint64_t count = UINT64_MAX;             // messages
  std::chrono::nanoseconds lasting{INT64_MAX};  // of intended times
  std::size_t window = 64;                      // messages under way at once, or waiting to be tried again
  std::uint32_t attempts = 8;                   // where the destination does not take it
  bool repeat_unknown = false;                  // also where it may then be there twice
  std::chrono::nanoseconds give_up{std::chrono::seconds{30}};  // a destination that takes nothing for so long
  std::chrono::nanoseconds drain{std::chrono::seconds{5}};     // for answers, once it is stopped
  std::string run = "run";                                     // of the keys
};

// What became of one message.
struct Passage {
  std::uint64_t number = 0;
  std::string text;  // before faults
  Time intended{}, answered{};
  std::optional<Result> result;  // none: withheld
  bool given_up = false;         // not taken in the end
  std::string why;
  std::uint32_t attempts = 0;
};

class Lane {
 public:
  using Now = std::function<Time()>;
  using Tell = std::function<void(Passage const&)>;

  Lane(Destination& destination, Source& source, LaneOptions options, Now now, Tell tell = {});

  // Until all is sent and answered, or `stop`.
  void run();
  // From any thread: hands nothing more over, and waits a little for answers.
  void stop() { stopped_ = true; }
  // From any thread.
  [[nodiscard]] Tally tally() const;

 private:
  struct UnderWay {
    Outgoing message;
    std::string original;
    Time intended{};
    std::uint32_t attempts = 0;
    bool out = false;  // handed over, and not answered
  };
  struct Coming {
    Sourced sourced;
    Time intended{};
  };

  [[nodiscard]] bool exhausted() const { return ended_ && !coming_; }
  [[nodiscard]] bool finished(Time now);
  [[nodiscard]] Time when_next(Time now) const;
  void fetch(Time now);
  [[nodiscard]] Time intended_of(Sourced const& sourced, Time now);
  void hand_over_due(Time now);
  void hand_over(UnderWay& one);
  void hand_over_again(Time now);
  void withhold(Time now);
  void take(Answer const& answer, Time now);
  void settle(std::map<std::uint64_t, UnderWay>::iterator place, Answer const& answer, bool given_up,
              Time now);
  void give_up(Time now, std::string const& why);
  void count(Passage const& passage);

  Destination& destination_;
  Source& source_;
  LaneOptions options_;
  Now now_;
  Tell tell_;
  Schedule schedule_;
  Time began_{}, took_something_{};
  std::optional<Time> stopping_;
  std::optional<Coming> coming_;
  std::chrono::nanoseconds stalled_{0};
  bool ended_ = false, starved_ = false;
  std::uint64_t fetched_ = 0;
  std::size_t out_ = 0;
  std::map<std::uint64_t, UnderWay> under_way_;
  std::multimap<Time, std::uint64_t> again_;
  std::vector<Answer> answers_;
  std::atomic<bool> stopped_{false};
  mutable std::mutex mutex_;  // of the tally
  Tally tally_;
};

}  // namespace torntape::send
