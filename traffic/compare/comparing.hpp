// What was sent held against what was received.
//
// A message is known by its identity (FL3), or, where that is damaged, by its date-time group and originator,
// or by its text. FL1 and FL2 differ by right: every relay writes its own. So do line ends, and what stands
// around the message. A message may come in several transmissions, each to other indicators (ACP 127(G)
// 303.a; RT-60): it is there twice only for an indicator, queue or mailbox that had it before.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include <torntape/v1/sending.pb.h>

#include "directory/network.hpp"
#include "grammar/parser.hpp"

namespace torntape::compare {

struct Options {
  bool each_addressee = false;  // every addressee with an indicator must have its copy
  // Who is a member of a collective; null: of whom a collective consists is not known, and anybody may be
  // one.
  std::shared_ptr<directory::Directory const> directory = {};
  std::size_t most_told = 1'000;  // differences told one by one; all are counted
};

struct Sent {
  std::string text;
  bool confirmed = true;         // false: nobody knows whether it left, and it may be absent
  std::string destination = {};  // of a record of several: each has its own order
};

struct Received {
  std::string text;
  std::optional<std::string> recipient;  // queue or mailbox
};

class Comparing {
 public:
  explicit Comparing(Options options = {}) : options_{std::move(options)} {}

  // All that was sent comes first.
  void add(Sent const& sent);
  void add(Received const& received);
  [[nodiscard]] v1::Comparison finish();

 private:
  struct Message {
    std::string identity, body, destination;
    grammar::Precedence precedence{};
    bool confirmed = true;
    bool arrived = false;
    bool collective = false;           // of unknown members
    std::set<std::string> addressees;  // indicators and names in FL2, FL7 and FL8, and members
    std::vector<std::string> owed;     // indicators of FL7 and FL8
    std::set<std::string> had;         // indicators, queues and mailboxes that have it
  };
  // Whom a message received was for: a queue or mailbox, or the indicators of its FL2.
  struct Called {
    std::optional<std::string> station;
    std::set<std::string> all;
  };
  [[nodiscard]] static Called called_by(Received const& received, grammar::Message const& message);
  struct Arrival {
    std::uint64_t number = 0;
    std::size_t sent = 0;
  };
  struct Found {
    std::size_t sent = 0;
    bool by_identity = true;
  };

  void keep(std::string const& key, std::size_t sent);
  [[nodiscard]] std::optional<Found> find(grammar::Message const& message, std::string const& body,
                                          Called const& called) const;
  [[nodiscard]] std::optional<std::size_t> best(std::string const& key, std::string const& body,
                                                Called const& called) const;
  void take(std::size_t sent, Received const& received, grammar::Message const& message,
            std::string const& body, Called const& called);
  [[nodiscard]] static bool has_had(Message const& sent, Called const& called);
  void check_station(Message const& sent, std::size_t index, std::string const& station);
  [[nodiscard]] directory::Collective const* collective_of(grammar::Addressee const& addressee) const;
  void find_lost();
  void find_reordered();
  v1::Difference& tell(v1::DifferenceKind kind, std::optional<std::size_t> sent);

  Options options_;
  grammar::Parser parser_;
  std::vector<Message> sent_;
  std::unordered_multimap<std::string, std::size_t> by_key_;
  // First ones; by queue or mailbox, and destination.
  std::map<std::tuple<std::string, std::string, grammar::Precedence>, std::vector<Arrival>> arrivals_;
  std::uint64_t received_ = 0;
  v1::Comparison found_;
  v1::Difference untold_;
};

// A message from FL3 on, without NNNN, its lines ended by LF.
[[nodiscard]] std::string body_of(grammar::Message const& message);

}  // namespace torntape::compare
