// What became of every message of a simulation, known from outside the relays; and what must hold whatever
// happens. The relays know nothing of it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "grammar/received.hpp"
#include "router/simulation/tally.hpp"
#include "router/simulation/tracked.hpp"

namespace torntape::simulation {

struct Transmission {
  Now at{};
  std::string circuit, from, to;
  std::string channel, number;               // "XRO", "3820"
  std::string heading;                       // FL1 to FL3
  std::optional<MessageIndex> message = {};  // none of a service message
  std::string identity = {};                 // of the message
  std::optional<Now> waits_since = {};       // the relay that sends it had it then; likewise
  std::optional<Now> until = {};             // none where the run ended before it did
  bool cancelled = false;                    // broken off for what outranks it
  bool lost = false;                         // as the line broke
};

// What one direction of a circuit carried.
struct Load {
  std::string circuit, channel, from, to;
  std::uint64_t messages = 0, service = 0, characters = 0;
  std::uint64_t preempted = 0, lost = 0, garbled = 0, alternate = 0;
  Duration busy{};
  std::size_t deepest = 0;                // queue
  std::vector<std::uint32_t> depth = {};  // over time, one a sample
  std::vector<Duration> busy_at = {};     // so far, likewise
};

struct Violation {
  Now at{};
  std::string what;
  std::optional<MessageIndex> message = {};
};

// Remembers in full the messages that were filed last, and those before them that are not yet delivered or
// that are asked for; the rest it only counts. So it does not grow with the messages that are delivered.
class Ledger {
 public:
  struct Options {
    bool journeys = true;                      // of all messages that it remembers; else of those watched
    std::size_t most_transmissions = 100'000;  // of which the headings are kept
    std::size_t most_messages = 10'000;        // delivered, and yet remembered
    std::string named = {};                    // these are watched: see `is_named`
    std::set<MessageIndex> watched = {};       // and these
  };
  Ledger(directory::Directory const& directory, Options options);

  // Of messages.
  MessageIndex filed(grammar::Message const& message, std::string_view station, Now at);
  void accepted(MessageIndex index, Now at);
  void refused(MessageIndex index, Now at, std::string why);
  void held(MessageIndex index, std::string_view called, bool intercepted);
  // An operator has it, for whom it has not got to and is on no other way.
  void intercepted(MessageIndex index, std::string_view called);
  void settled(MessageIndex index, std::string_view called, Now at);
  void delivered(MessageIndex index, std::string_view station, bool marked, Now at);
  void garbled(MessageIndex index);
  [[nodiscard]] bool keeps_journey(MessageIndex index) const;
  void step(MessageIndex index, Step step);

  // Of lines.
  [[nodiscard]] bool keeps_transmissions() const;
  void leave_out_transmission() { ++left_out_; }
  // Its place among the transmissions; none where it is left out.
  std::optional<std::size_t> transmitted(Transmission transmission);
  enum class End : std::uint8_t { whole, cancelled, lost };
  void ended(std::optional<std::size_t> transmission, End how, Now at);
  Load& load(std::string_view channel);

  void violated(Now at, std::string what, std::optional<MessageIndex> message = {});
  void alarm(Now at, std::string_view relay, std::string_view what);

  // Those it remembers, in order of filing.
  [[nodiscard]] std::vector<Tracked const*> messages() const;
  [[nodiscard]] Tracked const* message(MessageIndex index) const;  // null where it is forgotten
  [[nodiscard]] Tally const& forgotten() const { return forgotten_; }
  [[nodiscard]] std::vector<Tracked const*> not_tallied() const;
  [[nodiscard]] std::vector<Transmission> const& transmissions() const { return transmissions_; }
  [[nodiscard]] std::uint64_t transmissions_left_out() const { return left_out_; }
  [[nodiscard]] std::map<std::string, Load, std::less<>> const& loads() const { return loads_; }
  [[nodiscard]] std::vector<Violation> const& violations() const { return violations_; }  // the first
  [[nodiscard]] std::uint64_t violation_count() const { return violation_count_; }
  [[nodiscard]] std::vector<Step> const& alarms() const { return alarms_; }
  [[nodiscard]] std::uint64_t alarm_count() const { return alarm_count_; }
  // Duties that are neither delivered nor intercepted, of messages accepted or yet to be.
  [[nodiscard]] std::uint64_t outstanding() const { return outstanding_; }

  // Of the whole run.
  std::uint64_t events = 0;  // that relays handled
  std::uint64_t crashes = 0, called_in = 0;
  Now begin{}, end{};
  Duration sample{};  // between two figures of a load

 private:
  struct Remembered {
    Tracked message;
    std::vector<std::string> exempted;  // stations
    bool watched = false;               // asked for
    bool pinned = false;                // remembered to the end
    bool tallied = false;
  };
  [[nodiscard]] Remembered* find(MessageIndex index);
  [[nodiscard]] Remembered const* find(MessageIndex index) const;
  void pin(MessageIndex index);
  void make_room();
  void forget_if_done(MessageIndex index);
  void tally(Remembered& done);
  template <class Do>
  void for_each_covered(Remembered const& message, std::string_view called, Do const& look_at) const;
  void close(Duty& duty);

  directory::Directory const& directory_;
  Options options_;
  std::deque<Remembered> last_;                 // filed last, without a gap
  MessageIndex first_of_last_ = 0;              // index of its front
  std::map<MessageIndex, Remembered> earlier_;  // not yet done, or pinned, or the slowest
  struct Slowest {
    Duration time{};
    MessageIndex message = 0;
  };
  std::map<grammar::Precedence, Slowest> slowest_;  // of those in `forgotten_`
  Tally forgotten_;
  std::vector<Transmission> transmissions_;
  std::uint64_t left_out_ = 0;
  std::map<std::string, Load, std::less<>> loads_;  // by channel
  std::vector<Violation> violations_;
  std::uint64_t violation_count_ = 0;
  std::vector<Step> alarms_;
  std::uint64_t alarm_count_ = 0;
  std::uint64_t outstanding_ = 0;
};

}  // namespace torntape::simulation
