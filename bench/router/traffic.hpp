// The messages that every engine is given: some 3 KB, 20 addressees, good to file, none like another.
#pragma once

#include <cstddef>
#include <string>

namespace torntape::bench::router {

inline constexpr std::size_t addressees = 20;

class Traffic {
 public:
  explicit Traffic(char precedence = 'R');  // R or Z
  // Message `n`; the identities (FL3) repeat after 3,000 million.
  [[nodiscard]] std::string message(std::size_t n) const;

 private:
  char precedence_;
  std::string address_;  // FL7 and FL8
  std::string text_;
};

// The queue of addressee `i`.
[[nodiscard]] std::string queue(std::size_t i);

}  // namespace torntape::bench::router
