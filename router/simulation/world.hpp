// The insides of a simulation: sites.cpp has the relays and what they commit, lines.cpp the circuits between
// them, posts.cpp the stations behind them, troubles.cpp what goes wrong, simulation.cpp the rest.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <fmt/format.h>

#include "grammar/circuit_framing.hpp"
#include "router/relay/relay.hpp"
#include "router/simulation/simulation.hpp"
#include "router/simulation/traffic.hpp"
#include "router/store/memory.hpp"
#include "traffic/generator/random.hpp"
#include "validator/checker.hpp"

namespace torntape::simulation {

using generator::Random;

// A message as one relay has it, beside what its store keeps.
struct Held {
  std::optional<MessageIndex> index;  // none where nobody filed it: a service message astray
  grammar::SharedMessage message;
  relay::Envelope envelope;
  std::size_t open = 0;  // copies that are not settled
};
using SharedHeld = std::shared_ptr<Held>;

// What a transmission truly carries, whatever comes out of the line.
struct Transit {
  SharedHeld held;  // null of a service message
  std::uint16_t copy = 0;
  std::string identification;
  bool cut = false;      // broken off by its sender (RT-74)
  bool garbled = false;  // a character of it was lost or changed
};

// Why a relay decided something.
struct Cause {
  std::optional<MessageIndex> message = {};
  Transit transit = {};
};

struct Post;

struct Site {
  std::string name;
  std::shared_ptr<network::Routes const> routes;  // as this relay has them
  std::optional<relay::Relay> relay;              // none while it is down
  store::MemoryStore store;                       // survives a crash; the texts are in `held`
  boost::unordered_flat_map<relay::MessageNumber, SharedHeld> held;
  struct Decided {
    relay::Outcome outcome;
    Cause cause;
  };
  std::vector<Decided> decided;       // and not yet committed
  std::vector<relay::Outcome> spare;  // empty, with the room they had
  bool committing = false;
  std::optional<Now> armed;  // a tick is set for then
  std::vector<Post*> posts;
  std::map<std::string, relay::ChannelNumber, std::less<>> last_numbered;  // by circuit
};

// One direction of a circuit.
struct Direction {
  Site* from = nullptr;
  Site* to = nullptr;
  std::string channel;
  Quality quality;
  Load* load = nullptr;
  struct Sending {
    relay::ChannelNumber number = 0;
    std::string text;
    Transit transit;
    Now began{};
    std::uint64_t attempt = 0;              // tells a deed of this sending from one of an earlier
    std::optional<std::size_t> entry = {};  // in the ledger
  };
  std::optional<Sending> sending;
  grammar::CircuitFramer framer;
  bool framer_at_rest = true;   // it has seen nothing torn on this line
  std::vector<Transit> landed;  // since the last frame
};

struct Line {
  directory::Circuit const* circuit = nullptr;
  relay::LineId id = 0;   // 0: down
  int closed = 0;         // by so many troubles
  bool misheard = false;  // a service message came out garbled: a count in it was believed
  Direction out, in;

  [[nodiscard]] Direction& from(Site const& site) { return out.from == &site ? out : in; }
};

// A station: it files what is written there, and collects what is for it.
struct Post {
  directory::Station const* station = nullptr;
  Site* site = nullptr;
  relay::ReaderId reader = 0;
  bool open = true;
  bool called_in = false;              // out of hours
  int cut_off = 0;                     // by so many troubles
  relay::Ticket asked = 0, filed = 0;  // what an answer is waited for; 0: none
  bool printing = false, sending = false;
  std::uint64_t life = 0;  // ends with its relay's, or its line to it
  struct Written {
    grammar::SharedMessage message;
    MessageIndex index = 0;
  };
  std::vector<Written> outbox;
};

class Simulation::World {
 public:
  World(Scenario const& scenario, std::uint64_t seed, Options options);
  void run();
  [[nodiscard]] Ledger const& ledger() const { return ledger_; }
  [[nodiscard]] Holds holds() const;

 private:
  // Building (simulation.cpp).
  void build_sites();
  void build_lines();
  void build_posts();
  void set_filings();
  void sample();
  [[nodiscard]] bool over() const;
  void trace(std::string_view place, std::string_view what);
  // Somebody reads what becomes of it.
  [[nodiscard]] bool is_told(std::optional<MessageIndex> message) const;
  template <class... Args>
  void step(std::optional<MessageIndex> message, std::string_view place, fmt::format_string<Args...> what,
            Args&&... args) {
    if (is_told(message)) tell(*message, place, fmt::format(what, std::forward<Args>(args)...), {});
  }
  void tell(MessageIndex message, std::string_view place, std::string what, std::string heading);
  void prune();

  // Relays (sites.cpp).
  void handle(Site& site, relay::Event const& event, Cause cause = {});
  [[nodiscard]] static relay::Outcome outcome_for(Site& site);
  void arm(Site& site);
  void commit(Site& site);
  void keep(Site& site, relay::Record& record, Cause const& cause);
  void note(Site& site, relay::Record const& record);
  void note_accepted(Site& site, relay::Envelope accepted, grammar::SharedMessage message,
                     Cause const& cause);
  void note_intercepted_garbled(Transit const& transit);
  void call_in_for(relay::EnvelopeCopy const& copy, grammar::Message const& message);
  void note_moved(Site& site, relay::Moved const& moved);
  void note_settled(Site& site, relay::CopyId copy);
  void note_numbered(Site& site, relay::Numbered const& numbered);
  void carry_out(Site& site, relay::Action& action);
  void check_order(Site const& site, relay::Outcome const& outcome);
  void start(Site& site);
  void crash(Site& site, Duration lasts);

  // Circuits (lines.cpp).
  [[nodiscard]] Line& line(std::string_view circuit) { return lines_.find(circuit)->second; }
  void connect(Line& line);
  void break_line(Line& line);
  void reconnect_later(Line& line);
  void put(Site& site, relay::Send const& send);
  void begin_sending(Line& line, Direction& direction, Direction::Sending sending);
  void left(Line& line, Direction& direction, std::uint64_t attempt);
  void interrupt(Site& site, relay::Interrupt const& order);
  void cancelled(Line& line, Direction& direction, std::uint64_t attempt);
  void travel(Line& line, Direction& direction, Direction::Sending sending);
  void land(Line& line, Direction& direction, std::string text, Transit transit);
  [[nodiscard]] std::vector<Transit> take_landed(Direction& direction, std::string_view text);
  void arrive(Line& line, Direction& direction, std::string text);
  [[nodiscard]] bool garble(Quality const& quality, std::string& text);
  void note_transmission(Line const& line, Direction& direction, Direction::Sending& sending,
                         std::optional<Now> waits_since);
  [[nodiscard]] static bool is_alternate(Line const& line, Direction const& direction,
                                         Transit const& transit);

  // Stations (posts.cpp).
  [[nodiscard]] Post& post(std::string_view station) { return *posts_by_name_.find(station)->second; }
  void write(Post& post, std::string text);
  void file_next(Post& post);
  [[nodiscard]] relay::Ticket ticket(Post const& post);
  void answered(Site& site, relay::Ticket ticket, relay::Refuse const* refuse);
  void ask(Post& post);
  void hand(Site& site, relay::Hand const& hand);
  void printed(Post& post, relay::CopyId copy, bool marked);
  void open(Post& post);
  void close(Post& post);
  void call_in(Post& post);
  void keep_hours(Post& post);
  void forget_relay(Post& post);

  // Troubles (troubles.cpp).
  void set_troubles();
  void set(CircuitClosed const& closed);
  void set(Garbles const& garbles);
  void set(RelayCrash const& crash);
  void set(StationCutOff const& cut_off);
  void set(Flood const&) {}           // is traffic
  void set(Minimize const&) {}        // likewise
  void set(WrongIndicator const&) {}  // likewise
  void set(WrongTable const&) {}      // is built in

  [[nodiscard]] Now time(Duration since) const { return scenario_.begin + since; }

  Scenario const& scenario_;
  std::uint64_t seed_;
  Options options_;
  Clock clock_;
  Random line_noise_;
  std::shared_ptr<directory::Directory const> directory_;
  std::shared_ptr<network::Routes const> routes_;
  validator::Checker checker_;
  Ledger ledger_;
  std::map<std::string, Site, std::less<>> sites_;
  std::map<std::string, Line, std::less<>> lines_;
  std::vector<std::unique_ptr<Post>> posts_;
  boost::unordered_flat_map<std::string_view, Post*> posts_by_name_;
  Filings filings_;
  relay::LineId last_line_ = 0;
  std::uint64_t last_attempt_ = 0, last_ticket_ = 0;
  std::size_t writing_ = 0;  // messages in outboxes
};

}  // namespace torntape::simulation
