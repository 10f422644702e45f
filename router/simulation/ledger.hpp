// What became of every message of a simulation, known from outside the relays; and what must hold whatever
// happens. The relays know nothing of it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "directory/network.hpp"
#include "grammar/received.hpp"
#include "router/simulation/clock.hpp"

namespace torntape::simulation {

using MessageIndex = std::uint32_t;

// One step of a message, or of a service message, as people are told it.
struct Step {
  Now at{};
  std::string place;  // a relay or a station
  std::string what;   // "sends XRO3820 over XR to RTEA"
  std::string heading = {};
};

// That one station is to have one message.
struct Duty {
  std::string station;
  grammar::AddresseeKind kind = grammar::AddresseeKind::info;
  grammar::Precedence precedence = grammar::Precedence::routine;
  std::optional<Now> delivered = {};
  std::uint32_t copies = 0, unmarked = 0;  // that came
  std::uint32_t holders = 0;               // copies that are to bring it there, at whatever relay
  bool intercepted = false;
};

struct Tracked {
  std::string identity;   // "RUEHTA 1399/01 2290141"
  std::string reference;  // "ASTANA 001399"
  std::string station;
  Now filed_at{};
  std::optional<Now> accepted_at = {};
  grammar::Precedence precedence = grammar::Precedence::routine;
  std::vector<Duty> duties = {};
  std::vector<Step> journey = {};
  std::string refused = {};  // why
  bool garbled = false;      // something of it came out of a line as something else
};

struct Transmission {
  Now at{};
  std::string circuit, from, to;
  std::string channel, number;               // "XRO", "3820"
  std::string heading;                       // FL1 to FL3
  std::optional<MessageIndex> message = {};  // none of a service message
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

// Over the ledger of a run that has ended.
class Ledger {
 public:
  struct Options {
    bool journeys = true;
    std::size_t most_transmissions = 100'000;  // of which the headings are kept
  };
  Ledger(directory::Directory const& directory, Options options);

  // Of messages.
  MessageIndex filed(grammar::Message const& message, std::string_view station, Now at);
  void accepted(MessageIndex index, Now at);
  void refused(MessageIndex index, Now at, std::string why);
  // The stations that an indicator of FL2 stands for: itself, or the members of a collective, less the
  // exempted.
  [[nodiscard]] std::vector<std::string_view> covered(MessageIndex index, std::string_view called) const;
  void held(MessageIndex index, std::string_view called, bool intercepted);
  // An operator has it, for whom it has not got to and is on no other way.
  void intercepted(MessageIndex index, std::string_view called);
  void settled(MessageIndex index, std::string_view called, Now at);
  void delivered(MessageIndex index, std::string_view station, bool marked, Now at);
  void garbled(MessageIndex index) { messages_[index].garbled = true; }
  void step(MessageIndex index, Step step);

  // Of lines.
  // Its place among the transmissions; none where it is left out.
  std::optional<std::size_t> transmitted(Transmission transmission);
  enum class End : std::uint8_t { whole, cancelled, lost };
  void ended(std::optional<std::size_t> transmission, End how, Now at);
  Load& load(std::string_view channel);

  void violated(Now at, std::string what, std::optional<MessageIndex> message = {});
  void alarm(Now at, std::string_view relay, std::string_view what);

  [[nodiscard]] std::vector<Tracked> const& messages() const { return messages_; }
  [[nodiscard]] std::vector<Transmission> const& transmissions() const { return transmissions_; }
  [[nodiscard]] std::uint64_t transmissions_left_out() const { return left_out_; }
  [[nodiscard]] std::map<std::string, Load, std::less<>> const& loads() const { return loads_; }
  [[nodiscard]] std::vector<Violation> const& violations() const { return violations_; }
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
  [[nodiscard]] Duty* duty(MessageIndex index, std::string_view station);
  void close(Duty& duty);

  directory::Directory const& directory_;
  Options options_;
  std::vector<Tracked> messages_;
  std::unordered_map<MessageIndex, std::vector<std::string>>
      exempted_;  // stations; of messages that have any
  std::vector<Transmission> transmissions_;
  std::uint64_t left_out_ = 0;
  std::map<std::string, Load, std::less<>> loads_;  // by channel
  std::vector<Violation> violations_;
  std::vector<Step> alarms_;
  std::uint64_t alarm_count_ = 0;
  std::uint64_t outstanding_ = 0;
};

}  // namespace torntape::simulation
