// Where received messages are kept: lines of JSON (torntape.v1.ReceivedMessage), or a stream and its index.
// What is kept is on disk, unless it goes to a terminal or a pipe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "traffic/receive/receiver.hpp"

namespace torntape::receive {

class Record {
 public:
  Record() = default;
  ~Record();
  Record(Record const&) = delete;
  Record& operator=(Record const&) = delete;

  // What went wrong, in words. Standard output where no path is given. What is there already is added to.
  [[nodiscard]] std::optional<std::string> open_lines(std::string const& path);
  // The messages in `path`, the index, without their texts, in `path`.jsonl.
  [[nodiscard]] std::optional<std::string> open_stream(std::string const& path);

  // Likewise. All of them, or none is acknowledged.
  [[nodiscard]] std::optional<std::string> keep(std::string const& source,
                                                std::vector<Receipt> const& receipts);
  [[nodiscard]] std::uint64_t kept() const { return kept_; }

 private:
  int lines_ = -1, stream_ = -1;
  std::string name_;
  std::uint64_t kept_ = 0, offset_ = 0;
};

}  // namespace torntape::receive
