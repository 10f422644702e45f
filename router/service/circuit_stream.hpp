// Cuts what comes over a circuit into transmissions, each given out as soon as its NNNN has come: nobody
// says when the next one begins.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace torntape::service {

class CircuitStream {
 public:
  explicit CircuitStream(std::size_t most) : most_(most) {}

  void feed(std::string_view bytes);
  // False where a transmission has grown longer than any may be: what follows cannot be told apart.
  [[nodiscard]] bool sound() const { return gathered_.size() <= most_; }
  // The next one, with what stood before it; empty where none is whole.
  [[nodiscard]] std::string next();

 private:
  void cut();

  std::size_t most_;
  std::string gathered_;
  std::size_t line_ = 0;  // where the line begins that is being gathered
  std::deque<std::string> whole_;
};

}  // namespace torntape::service
