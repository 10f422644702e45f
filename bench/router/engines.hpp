// What is measured: the same messages, each to twenty queues, given to one engine after another.
#pragma once

#include <cstddef>
#include <string>

namespace torntape::bench::router {

struct Load {
  std::string where;         // a directory, or the address of a server
  std::size_t messages = 0;  // how many
  std::size_t window = 256;  // not yet answered, at most
  std::size_t first = 0;     // number of the first message
  char precedence = 'R';
};

// Seconds from the first message to the last answer. Throws std::runtime_error where the engine refuses.
[[nodiscard]] double bare_log(Load const& load);    // appends to a file; fdatasync after each window
[[nodiscard]] double our_switch(Load const& load);  // answered once it is on disk
[[nodiscard]] double jetstream(Load const& load);   // body and twenty references; answered before fsync
[[nodiscard]] double rabbitmq(Load const& load);    // twenty quorum queues by CC, confirmed

// Files one message and collects it from the first queue: milliseconds.
[[nodiscard]] double there_and_back(Load const& load);

}  // namespace torntape::bench::router
