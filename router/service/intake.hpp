// Judges what is submitted before the switch sees it: read, checked against every rule, hashed.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include <torntape/v1/switch.pb.h>

#include "directory/network.hpp"
#include "router/relay/event.hpp"
#include "validator/checker.hpp"

namespace torntape::service {

// The first 16 bytes of SHA-256.
[[nodiscard]] relay::Digest digest(std::string_view bytes);

// Not shared between threads.
class Intake {
 public:
  explicit Intake(std::shared_ptr<directory::Directory const> directory);

  // Judges by this one from now on.
  void look_up_in(std::shared_ptr<directory::Directory const> directory);
  // Filing refuses any error; the refusal carries what was found, up to a limit.
  [[nodiscard]] std::variant<relay::Filed, v1::Refusal> judge(std::string text);
  // What comes over a circuit is taken, whatever it is. A relay answers for FL1 to FL4 and FL16 alone
  // (RT-02): an error there, and the message goes no further by itself.
  [[nodiscard]] relay::Arrived receive(std::string text, std::string circuit);

 private:
  std::shared_ptr<directory::Directory const> directory_;
  validator::Checker checker_;
};

}  // namespace torntape::service
