// Made-up messages one after another: the one source of test traffic, for files, circuits and tests alike.
// Pure: the same plan gives the same bytes on every machine, however many of them are taken.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "directory/network.hpp"
#include "traffic/generator/fault.hpp"
#include "traffic/generator/label.hpp"
#include "traffic/generator/likeness.hpp"
#include "traffic/generator/message.hpp"
#include "traffic/generator/mix.hpp"
#include "traffic/generator/random.hpp"
#include "traffic/generator/telegram.hpp"

namespace torntape::generator {

// What traffic is to be made.
struct Plan {
  TrafficMix mix;
  std::uint64_t seed = 1;
  std::string from;           // all from this station; from any originator where empty
  std::vector<Fault> faults;  // each in its turn
  double share = 1;           // of the messages that are to be broken
  // In place of made-up messages: this one, with other numbers and times.
  struct Like {
    std::string text;
    Stamps stamps;
  };
  std::optional<Like> like;
};

// Why there can be no such traffic in this network, in words; nothing where there can.
[[nodiscard]] std::optional<std::string> objection(directory::Directory const& directory, Plan const& plan);

struct Made {
  std::string text;           // one complete message, its lines ended by LF
  std::vector<Label> labels;  // empty: the message is good
  grammar::Profile profile = grammar::Profile::state;
  Copy copy = Copy::origin;
  Form form = Form::plaindress;
};

class Stream {
 public:
  // A plan to which there is no objection.
  Stream(std::shared_ptr<directory::Directory const> directory, Plan plan);

  // Valid until the next call.
  [[nodiscard]] Made const& next();

  // Faults for which no message offered a place, and which were given up.
  [[nodiscard]] std::vector<Fault> const& impossible() const { return impossible_; }
  // Some fault is left.
  [[nodiscard]] bool can_break() const { return !plan_.faults.empty(); }

 private:
  struct Sender {
    directory::Station const* station;
    std::uint32_t serial = 0;  // the last one
  };
  struct Channel {
    std::string name;
    std::uint32_t number = 0;  // the last one
  };

  void make();
  void make_alike();
  void begin_telegram();
  [[nodiscard]] bool is_going_on() const { return telegram_.section < telegram_.sections; }
  void set(std::uint32_t& counter, std::uint32_t value);
  void undo();
  [[nodiscard]] bool break_one();
  [[nodiscard]] bool break_one(Fault const& fault);
  [[nodiscard]] bool violate(Fault const& fault);
  [[nodiscard]] bool make_run(std::vector<std::string>& good);
  [[nodiscard]] bool violate_run(Fault const& fault);
  void draw_shape();
  [[nodiscard]] Sender& draw_sender();
  void call_stations();
  void number_addressees();
  void go_on(Sender& sender);
  [[nodiscard]] Channel& channel(std::string name);
  void take_channel_number();

  std::shared_ptr<directory::Directory const> directory_;
  Plan plan_;
  std::vector<Sender> senders_;
  std::vector<std::size_t> autodin_senders_;  // whose indicators have seven letters
  Random random_, minutes_, shapes_, turns_;
  validator::Random hand_;  // that breaks
  std::chrono::sys_time<std::chrono::minutes> now_;
  std::unordered_map<std::string, Channel> channels_;
  std::vector<std::uint32_t> continuity_;  // the last number, by originator and addressee
  // What the message at hand has counted on, with the values before: where it is given up for another one,
  // nobody must see a number missing.
  std::vector<std::pair<std::uint32_t*, std::uint32_t>> counted_;
  std::chrono::sys_time<std::chrono::minutes> before_;
  std::vector<Fault> impossible_;
  std::set<std::string_view> found_place_;  // faults that have been made, by name
  std::size_t turn_ = 0;                    // which fault is next
  std::deque<Made> ready_;                  // the rest of a run
  Room room_;
  Telegram telegram_;
  std::optional<Likeness> likeness_;
  Sender* sender_ = nullptr;    // of the telegram at hand
  Channel* channel_ = nullptr;  // it goes over; null of a copy without FL1
  bool run_ = false;            // the telegram at hand is to be the first of a run
  Made made_;
};

}  // namespace torntape::generator
