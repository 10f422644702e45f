// Where messages arrive from: one thread works a receiver, keeps what it gave, and says so; only then does
// the receiver acknowledge it to whoever sent it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "traffic/send/address.hpp"

namespace torntape::receive {

using Time = std::chrono::steady_clock::time_point;

struct Receipt {
  std::string text;
  std::optional<std::string> recipient = {};  // queue or mailbox, where the source tells
  std::chrono::system_clock::time_point at = std::chrono::system_clock::now();
};

class Receiver {
 public:
  Receiver() = default;
  Receiver(Receiver const&) = delete;
  Receiver& operator=(Receiver const&) = delete;
  virtual ~Receiver() = default;

  // Lets things happen until something has come, or until then. What came before is kept.
  virtual void work(Time until, std::vector<Receipt>& receipts) = 0;
  // Nothing more is wanted: what has gathered of a message is given as it is.
  virtual void finish(std::vector<Receipt>&) {}
  // Where it listens or reads: "tcp://127.0.0.1:40123".
  [[nodiscard]] virtual std::string where() const = 0;
  // Why nothing comes, in words; empty where all is well.
  [[nodiscard]] virtual std::string trouble() const { return {}; }
};

// A receiver, or why there is none such.
using Opened = std::variant<std::unique_ptr<Receiver>, std::string>;

[[nodiscard]] Opened open(send::Address const& address);

// One each; see docs/sending.md for their options.
[[nodiscard]] Opened open_circuit(send::Address const& address);    // tcp://127.0.0.1:12727, listens
[[nodiscard]] Opened open_mail(send::Address const& address);       // smtp://127.0.0.1:2525, listens
[[nodiscard]] Opened open_web(send::Address const& address);        // http://127.0.0.1:8000, listens
[[nodiscard]] Opened open_files(send::Address const& address);      // file:///tmp/out/, watches
[[nodiscard]] Opened open_jetstream(send::Address const& address);  // nats://127.0.0.1:4222/telegrams
[[nodiscard]] Opened open_queue(send::Address const& address);      // torntape://127.0.0.1:12701/RUEHC

}  // namespace torntape::receive
