// A message together with the bytes it was read from: what passes between threads, never changed.
#pragma once

#include <memory>
#include <string>

#include "grammar/message.hpp"
#include "grammar/parser.hpp"

namespace torntape::grammar {

class Received {
 public:
  explicit Received(std::string bytes, Settings const& settings = {});
  Received(Received const&) = delete;
  Received& operator=(Received const&) = delete;

  // What a relay made of `before`: FL1 and FL2 anew, all from FL3 on as it was, up to NNNN. As if `bytes`
  // were read, and ten times as fast. Null, and the bytes untouched, where it is not so plainly that, and
  // they have to be read.
  [[nodiscard]] static std::shared_ptr<Received const> renewed(std::string&& bytes, Received const& before);

  [[nodiscard]] std::string const& bytes() const { return bytes_; }
  [[nodiscard]] Message const& message() const { return message_; }

 private:
  Received() = default;

  std::string bytes_;
  Message message_;
};

using SharedMessage = std::shared_ptr<Received const>;

}  // namespace torntape::grammar
