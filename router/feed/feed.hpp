// One feed: takes copies from queues of the switch, hands them to its destination, and settles each once the
// destination has confirmed it, not before. Knows the time only from its clock, no socket and no thread: all
// of it happens on whichever thread calls.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "router/feed/settings.hpp"
#include "router/service/reply.hpp"
#include "traffic/generator/random.hpp"
#include "traffic/send/destination.hpp"

namespace torntape::feed {

// The switch, as a feed sees it.
struct House {
  std::string name;  // of the relay; in keys
  relay::ReaderId reader = 0;
  // Answered on the thread of the feed, at once or later.
  std::function<void(relay::Event, service::Answer)> handle;
  // None where the store cannot read it.
  std::function<std::optional<std::string>(relay::MessageNumber)> text;
};

struct Figures {
  std::uint64_t confirmed = 0;  // or sent, where nothing comes back
  std::uint64_t dead_letters = 0;
  std::uint64_t repeats = 0;  // handed over again
  std::size_t under_way = 0;  // handed over, or waiting to be tried again
  bool up = true;             // the destination takes what comes, as far as is known
};

class Feed {
 public:
  using Now = std::function<send::Time()>;
  // In words, what an operator should know.
  using Tell = std::function<void(std::string const&)>;

  Feed(Settings settings, send::Destination& destination, House house, Now now, std::uint64_t seed,
       Tell tell);

  // A copy of this precedence may wait in this queue.
  void arrived(std::string const& queue, grammar::Precedence precedence);
  // Hands over what may go, and lets things happen until an answer has come, or until then. Without anything
  // under way it returns at once.
  void work(send::Time until);
  // While nothing is under way: what the destination has to do for itself, such as to notice that a
  // connection has ended.
  void tend();
  // When there is something to do by itself; far away where only a copy or an answer can bring something.
  [[nodiscard]] send::Time due() const;
  [[nodiscard]] bool out() const { return out_ != 0; }  // something is handed over, and not answered
  // Hands nothing more over. What is held and not out goes back to its queue.
  void stop();
  // All that was held is settled or given back.
  [[nodiscard]] bool empty() const { return held_.empty(); }
  [[nodiscard]] Figures figures() const;

 private:
  enum class State : std::uint8_t {
    waiting,   // to be handed over, from a time on
    out,       // handed over
    settling,  // the switch is told what became of it
    untold,    // it could not be told: to be told again
  };
  // What is known of a copy besides what the switch knows.
  struct Tried {
    std::uint32_t tries = 0;    // that failed
    std::uint32_t counted = 0;  // of them, while the destination took others
    std::uint64_t taken = 0;    // by the destination when it was tried last
    bool doubtful = false;      // it may be there
    send::Time again{};         // not before
  };
  struct Held {
    relay::HandedCopy copy;
    send::Outgoing message;
    State state = State::waiting;
    Tried tried;
    relay::Event verdict{};  // what the switch is told
  };
  // Given back to the switch untaken: it need not be marked when it is handed out next.
  struct Returned {
    std::uint32_t attempt = 0;
    Tried tried;
  };
  using Place = std::map<relay::CopyId, Held>::iterator;

  [[nodiscard]] bool may_hand_over(send::Time now);
  [[nodiscard]] bool anything_to_hand_over(send::Time now) const;
  void hand_over_due(send::Time now);
  void hand_over(relay::CopyId id, Held& held);
  [[nodiscard]] std::size_t room() const;
  [[nodiscard]] Place least_waiting();
  [[nodiscard]] grammar::Precedence highest_hint() const;
  [[nodiscard]] bool can_make_room() const;
  void make_room();
  [[nodiscard]] relay::Asked question() const;
  void ask(send::Time now);
  void take(service::Reply const& reply, relay::Asked const& asked);
  void take_in(relay::HandedCopy const& copy);
  void take(send::Answer const& answer, send::Time now);
  void not_there(Place place, send::Answer const& answer, send::Time now);
  void confirm(Place place);
  void bury(Place place, std::string const& why);
  void tell_switch(Place place);
  void settled(relay::CopyId id, service::Reply const& reply);
  void tell_again(send::Time now);
  void give_back(Place place);
  void give_back_waiting();
  void down(send::Time now, std::string const& why);
  void well();
  [[nodiscard]] std::chrono::nanoseconds pause_after(std::uint32_t failures);

  Settings settings_;
  send::Destination& destination_;
  House house_;
  Now now_;
  generator::Random random_;
  Tell tell_;
  // Queues in which copies may wait, and the highest precedence that they may have.
  std::map<std::string, grammar::Precedence> hints_;
  std::map<relay::CopyId, Held> held_;
  std::map<std::uint64_t, relay::CopyId> by_number_;
  std::map<relay::CopyId, Returned> returned_;  // a bounded number
  std::string asked_last_;
  bool asking_ = false, stopped_ = false;
  std::uint64_t numbers_ = 0;
  std::size_t out_ = 0, bytes_ = 0;
  std::uint64_t taken_ = 0;     // messages that the destination took, or refused
  std::uint32_t failures_ = 0;  // in a row, of the destination
  send::Time resume_{}, ask_again_{}, worked_{};
  std::vector<send::Answer> answers_;
  Figures figures_;
};

}  // namespace torntape::feed
