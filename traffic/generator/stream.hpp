// Made-up messages one after another: the one source of test traffic, for files, circuits and tests alike.
// Pure: the same plan gives the same bytes on every machine, however many of them are taken.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "directory/network.hpp"
#include "traffic/generator/label.hpp"
#include "traffic/generator/message.hpp"
#include "traffic/generator/mix.hpp"
#include "traffic/generator/random.hpp"
#include "traffic/generator/telegram.hpp"

namespace torntape::generator {

// What traffic is to be made.
struct Plan {
  TrafficMix mix;
  std::uint64_t seed = 1;
  std::string from;  // all from this station; from any originator where empty
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

 private:
  struct Sender {
    directory::Station const* station;
    std::uint32_t serial = 0;  // the last one
  };
  struct Channel {
    std::string name;
    std::uint32_t number = 0;  // the last one
  };

  void begin_telegram();
  void draw_shape();
  [[nodiscard]] Sender& draw_sender();
  void call_stations();
  void number_addressees();
  void go_on(Sender& sender);
  [[nodiscard]] Channel& channel(std::string name);

  std::shared_ptr<directory::Directory const> directory_;
  Plan plan_;
  std::vector<Sender> senders_;
  std::vector<std::size_t> autodin_senders_;  // whose indicators have seven letters
  Random random_, minutes_, shapes_;
  std::chrono::sys_time<std::chrono::minutes> now_;
  std::unordered_map<std::string, Channel> channels_;
  std::vector<std::uint16_t> continuity_;  // the last number, by originator and addressee
  Telegram telegram_;
  Sender* sender_ = nullptr;  // of the telegram at hand
  Made made_;
};

}  // namespace torntape::generator
