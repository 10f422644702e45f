// Made-up messages one after another: the one source of test traffic, for files, circuits and tests alike.
// Pure: the same plan gives the same bytes on every machine, however many of them are taken.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "traffic/generator/label.hpp"
#include "traffic/generator/message.hpp"
#include "traffic/generator/random.hpp"

namespace torntape::generator {

// What traffic is to be made.
struct Plan {
  Mix mix;
  std::uint64_t seed = 1;
  std::string from;  // all from this station; from any originator where empty
};

// Why there can be no such traffic in this network, in words; nothing where there can.
[[nodiscard]] std::optional<std::string> objection(directory::Directory const& directory, Plan const& plan);

struct Made {
  std::string text;           // one complete message, its lines ended by LF
  std::vector<Label> labels;  // empty: the message is good
};

class Stream {
 public:
  // A plan to which there is no objection.
  Stream(std::shared_ptr<directory::Directory const> directory, Plan plan);

  // Valid until the next call.
  [[nodiscard]] Made const& next();

 private:
  [[nodiscard]] Occasion occasion();

  std::shared_ptr<directory::Directory const> directory_;
  Plan plan_;
  std::vector<directory::Station const*> stations_;
  Random random_, minutes_;
  std::chrono::sys_time<std::chrono::minutes> now_;
  std::map<std::string_view, std::uint32_t> serials_;  // the last of every station
  Made made_;
};

}  // namespace torntape::generator
