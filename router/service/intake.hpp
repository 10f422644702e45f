// Judges what is submitted before the switch sees it: read, checked against every rule, hashed.
#pragma once

#include <cstdint>
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

// What is refused for its heading: any error; an error in the lines a relay answers for (RT-02); nothing, and
// what cannot be delivered is kept for an operator instead.
enum class Admit : std::uint8_t { strict, relay, all };

// Of what is filed, and of what comes over circuits: there nothing is refused, but waits for an operator.
struct Admission {
  Admit filed = Admit::strict;
  Admit arrived = Admit::relay;
};

// A message to be filed; one that is to be taken whatever it is, as if it had come over a circuit; or what is
// wrong with it.
using Judged = std::variant<relay::Filed, relay::Arrived, v1::Refusal>;

// What the relay is to be told of a message that is not refused.
[[nodiscard]] relay::Event to_file(Judged judged);

// Not shared between threads.
class Intake {
 public:
  explicit Intake(std::shared_ptr<directory::Directory const> directory, Admission admission = {});

  // Judges by this one from now on.
  void look_up_in(std::shared_ptr<directory::Directory const> directory);
  // A refusal carries what was found, up to a limit.
  [[nodiscard]] Judged judge(std::string text);
  // What comes over a circuit is taken, whatever it is: with a fault it goes no further by itself.
  [[nodiscard]] relay::Arrived receive(std::string text, std::string circuit);

 private:
  std::shared_ptr<directory::Directory const> directory_;
  validator::Checker checker_;
  Admission admission_;
};

}  // namespace torntape::service
