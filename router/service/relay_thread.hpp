// The one thread that owns the relay: takes events and questions in order, lets the relay decide, and
// passes the outcomes to the committer in the same order. After a failed commit it rebuilds the relay
// from the store.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

#include "router/relay/relay.hpp"
#include "router/service/committer.hpp"
#include "router/service/reply.hpp"
#include "router/store/store.hpp"

namespace torntape::service {

// The relay as configured.
struct Site {
  std::shared_ptr<network::Routes const> routes;  // null: the switch is open
  std::string here;
  relay::Limits limits = {};
  std::vector<std::pair<std::string, relay::ChannelNumber>> primed = {};  // next number out, by circuit
  std::optional<relay::Duration> retention = {};  // how long settled messages are kept; none: for ever
};

using Clock = std::function<relay::Now()>;

class RelayThread {
 public:
  RelayThread(Site site, store::Store& store, Clock clock);
  RelayThread(RelayThread const&) = delete;
  RelayThread& operator=(RelayThread const&) = delete;
  ~RelayThread();

  // Replays the store, then starts. Where the store is another switch's for the time being, it starts all the
  // same, refuses what comes, and goes on once the store can be replayed.
  [[nodiscard]] std::optional<store::Failure> start();
  // Any thread. The ticket of the event is set here.
  void push(std::variant<relay::Event, Question> asked, Answer answer);
  // Once started. See Committer.
  void watch(Watcher watcher) { committer_->watch(std::move(watcher)); }
  // Whether there is a relay that decides. Any thread.
  [[nodiscard]] bool able() const { return able_.load(); }
  // Decides what was pushed before, answers questions still waiting with nothing, and ends.
  void finish();

 private:
  struct Input {
    std::variant<relay::Event, Question> asked;
    Answer answer;
  };
  struct Line {  // the connection of a circuit
    relay::LineId id = 0;
    Answer answer;
  };
  struct Waiting {
    Answer answer;
    relay::ReaderId reader = 0;  // of a question
  };

  void run();
  [[nodiscard]] std::vector<Input> take_inputs();
  void take(Input input);
  void take_if_held(Input input);
  void file_again();
  void decide(relay::Event event, Answer answer);
  void look(Question const& question, Answer answer);
  [[nodiscard]] Reply reply_to(Question const& question) const;
  void begin();
  void adopt(relay::NetworkChanged const& changed);
  void connect(relay::CircuitUp const& up, Answer answer);
  void drop_questions(std::optional<relay::ReaderId> reader, std::vector<Owed>& owed);
  [[nodiscard]] Owed owed(relay::Action action);
  [[nodiscard]] std::optional<store::Failure> rebuild();
  [[nodiscard]] bool ready();
  void tick_if_due();
  [[nodiscard]] std::optional<relay::Now> due() const;
  void prune_if_due();
  void ask_store_if_lost();

  Site site_;
  store::Store& store_;
  Clock clock_;
  std::unique_ptr<relay::Relay> relay_;  // null where the store could not be replayed
  std::string failure_;                  // why
  std::atomic<bool> able_{false};
  bool holding_ = false;  // the store cannot commit now, and holds filings: nothing else is decided
  Life life_ = 1;
  relay::Ticket last_ticket_ = 0;
  relay::Now prune_at_{};  // when the store is next looked through for what was kept long enough
  relay::MessageNumber prune_from_ = 0;  // from which message on
  std::unordered_map<relay::Ticket, Waiting> waiting_;
  std::unordered_map<std::string, Line> lines_;  // by circuit
  relay::Outcome outcome_;

  std::mutex mutex_;
  std::condition_variable pushed_;
  std::vector<Input> inputs_;
  bool finishing_ = false;
  bool failed_ = false;  // a commit has failed since the last look
  std::unique_ptr<Committer> committer_;
  std::thread thread_;
};

}  // namespace torntape::service
