// The circuits of one relay: which are up, what is on them, which numbers were sent and heard. Knows no
// message and no time of its own.
//
// A far end that counts what it hears (RT-10) makes a circuit lossless: when a connection stands, each end
// tells the last number it has heard (SM-06), and the other sends again what came after it, under new
// numbers (RT-12). Until that is told, what was sent is kept, up to `most_unconfirmed` transmissions. A gap
// in what was heard stays the end of the count until the far end, in its own count, shows that it has heard
// of it.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "router/relay/event.hpp"

namespace torntape::relay {

// A series runs from 0001 to 9999 (ACP 127(G) 112.b: from 001) and begins again. So 0000 can tell that
// nothing was heard yet; that State's series have it too (RT-10) is seen only in what comes in.
inline constexpr ChannelNumber channel_cycle = 9'999;
inline constexpr ChannelNumber nothing_heard = 0;
inline constexpr std::size_t most_unconfirmed = 500;  // of a circuit; those before are taken for received
inline constexpr std::size_t most_service = 100;      // service messages that wait for a circuit

// How far `to` lies ahead of `from` in the cycle.
[[nodiscard]] constexpr ChannelNumber ahead(ChannelNumber from, ChannelNumber to) {
  return static_cast<ChannelNumber>((to + channel_cycle - from) % channel_cycle);
}
[[nodiscard]] constexpr ChannelNumber after(ChannelNumber number) {
  return static_cast<ChannelNumber>(number % channel_cycle + 1);
}
// Half a cycle back is behind.
[[nodiscard]] constexpr bool not_after(ChannelNumber number, ChannelNumber last) {
  return ahead(number, last) < channel_cycle / 2;
}
// "XRO", 17: "XRO0017".
[[nodiscard]] std::string identification(std::string_view channel, ChannelNumber number);
// None where it is not of that channel.
[[nodiscard]] std::optional<ChannelNumber> number_on(std::string_view channel,
                                                     std::string_view identification);

struct Service {
  std::string text;      // from FL2 on
  bool reports = false;  // it is the first to tell of a gap
};

// What is being sent.
struct UnderWay {
  ChannelNumber number = 0;
  std::optional<CopyId> copy;  // none of a service message
  grammar::Precedence precedence = grammar::Precedence::none;
  Now began{};
  std::uint32_t size = 0;  // bytes, about
  bool interrupting = false;
  // Where it may have got there before: by which circuit, and under which number.
  std::string doubtful_over = {};
  ChannelNumber doubtful_as = 0;
};

struct SentCopy {
  ChannelNumber number = 0;
  CopyId copy;
};

// A way round a circuit that is out: by which circuit from here, and what may take all of it (RT-57).
struct WayRound {
  std::string first;
  directory::Class approved_to{};
};

class Circuit {
 public:
  Circuit(directory::Circuit const& circuit, std::string_view here);

  std::string name, queue;
  std::string far_end;                             // the relay there
  std::string sending_channel, receiving_channel;  // "XRO", "XRI"
  std::uint32_t bits_per_second = 0;
  LineId line = 0;                         // 0: down
  bool gone = false;                       // the network has it no longer; what went over it may be in doubt
  bool closed = false;                     // by an operator: no message leaves on it
  bool out = false;                        // down for so long that its traffic goes another way
  std::optional<Now> out_at;               // when it will be
  std::vector<WayRound> ways_round;        // the preferred first
  std::vector<std::string> stands_in_for;  // circuits that this is the first of a way round
  std::optional<Now> told_by;              // until when the far end's count is waited for
  std::optional<ChannelNumber> last_sent, last_heard;
  bool primed = false;         // the last number was not sent, but set
  bool heard_on_line = false;  // something has come since it is up
  std::optional<UnderWay> under_way;
  std::deque<Service> service;                // that wait
  std::map<ChannelNumber, Now> receipts_due;  // of FLASH (RT-78)
  std::optional<Now> check_due;               // what was heard is told then (RT-17)
  ChannelNumber heard_when_told = 0;          // the last number heard when the count was told last
  std::optional<ChannelNumber> before_gap;    // of what was heard; then the count ends there
  std::optional<ChannelNumber> reported_as;   // the number under which the gap was told last
  std::optional<ChannelNumber> sent_before;   // the last number sent before this line
  bool counted = false;                       // the far end has told its count on this line

  [[nodiscard]] bool up() const { return line != 0; }
  [[nodiscard]] ChannelNumber next_number() const;
  [[nodiscard]] std::optional<Now> wake_at() const;
  void add_service(std::string text, bool reports = false);
  // Stands where another stood that has the same ends: with all that was on it.
  void take_over(Circuit before);
  // What the far end is told that was heard (SM-06).
  [[nodiscard]] ChannelNumber count() const {
    return before_gap.value_or(last_heard.value_or(nothing_heard));
  }

  // Sent whole. The one given back, if any, need not be kept any longer.
  [[nodiscard]] std::optional<CopyId> sent(SentCopy sent);
  // Sent in part, or before a restart: nobody knows whether it got there.
  void in_doubt(SentCopy sent) { in_doubt_[sent.copy] = sent.number; }
  [[nodiscard]] std::optional<ChannelNumber> doubtful(CopyId copy) const;
  void forget(CopyId copy) { in_doubt_.erase(copy); }

  // The far end has heard up to `last`, or `nothing_heard`.
  struct Confirmed {
    std::vector<CopyId> received;      // sent and in doubt alike
    std::vector<CopyId> not_received;  // likewise, before this line, and to be sent again
  };
  [[nodiscard]] Confirmed confirm(ChannelNumber last);
  // The far end lacks this one number. None where no copy went under it, or it is at hand no longer.
  [[nodiscard]] std::optional<CopyId> take_back(ChannelNumber number);
  [[nodiscard]] std::size_t unconfirmed() const { return sent_.size(); }
  [[nodiscard]] std::deque<SentCopy> const& not_confirmed() const { return sent_; }
  // Of what was sent and is not confirmed, those are in doubt from now on. Says which.
  [[nodiscard]] std::vector<CopyId> doubt_sent(std::function<bool(CopyId)> const& those);
  // As if it had never gone over this circuit.
  void drop(CopyId copy);

 private:
  std::deque<SentCopy> sent_;                 // in order of sending
  std::map<CopyId, ChannelNumber> in_doubt_;  // copies that wait again, by what they went under
};

// By name.
class Circuits {
 public:
  // Those that end at `here`.
  Circuits(directory::Network const* network, std::string_view here);

  // Goes over to another network: those that end here still go on as they were.
  void adopt(directory::Network const& network, std::string_view here);

  [[nodiscard]] Circuit* find(std::string_view name);
  // Of a former network: gone, if it is not there. Its channel is not known any more; its name stands for it.
  [[nodiscard]] Circuit& recalled(std::string_view name);
  [[nodiscard]] Circuit* standing(std::string_view name);  // not gone
  [[nodiscard]] Circuit* of_queue(std::string_view queue);
  // The circuit over which a copy went, in doubt whether it got there.
  [[nodiscard]] Circuit* of_doubtful(CopyId copy);
  void forget(CopyId copy);  // it is in doubt no longer
  // The connection it speaks of is the one that stands.
  [[nodiscard]] Circuit* on_line(std::string_view name, LineId line);
  [[nodiscard]] std::map<std::string, Circuit, std::less<>>& all() { return circuits_; }
  [[nodiscard]] std::map<std::string, Circuit, std::less<>> const& all() const { return circuits_; }

 private:
  std::map<std::string, Circuit, std::less<>> circuits_;
};

}  // namespace torntape::relay
