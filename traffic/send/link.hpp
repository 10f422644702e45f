// One TCP connection, worked by the thread that owns it: what is written is queued, what comes in gathers,
// and both happen while `run` is under way.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "traffic/send/destination.hpp"

namespace torntape::send {

class Link {
 public:
  Link();
  ~Link();
  Link(Link const&) = delete;
  Link& operator=(Link const&) = delete;

  // Why not, in words; nothing where it stands. Ends the connection before.
  [[nodiscard]] std::string connect(std::string const& host, std::uint16_t port,
                                    std::chrono::milliseconds patience);
  void write(std::string_view bytes);
  // Until something came in or went out, the connection ended, or until then.
  void run(Time until);

  [[nodiscard]] bool up() const;
  [[nodiscard]] std::string const& why_down() const;
  // What came in and was not taken yet.
  [[nodiscard]] std::string take_input();
  // Of all that was ever written on this connection: bytes that the far end's system has acknowledged, and
  // bytes that have not yet been given to ours.
  [[nodiscard]] std::uint64_t acknowledged() const;
  [[nodiscard]] std::uint64_t written() const;
  [[nodiscard]] std::uint64_t waiting() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace torntape::send
