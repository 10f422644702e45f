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

  [[nodiscard]] std::string const& bytes() const { return bytes_; }
  [[nodiscard]] Message const& message() const { return message_; }

 private:
  std::string bytes_;
  Message message_;
};

using SharedMessage = std::shared_ptr<Received const>;

}  // namespace torntape::grammar
