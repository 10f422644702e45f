// Every kind of destination, by its scheme.
#pragma once

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <variant>

#include "traffic/send/address.hpp"
#include "traffic/send/destination.hpp"

namespace torntape::send {

// How long a connection may take to be made, or a destination to answer one message.
inline constexpr std::chrono::seconds patience{10};

// A destination, or why there is none such.
using Opened = std::variant<std::unique_ptr<Destination>, std::string>;

// `shared`: options that are the caller's own affair ("rate", "window").
[[nodiscard]] Opened open(Address const& address, std::set<std::string> const& shared = {});

// One each; see docs/sending.md for their options.
[[nodiscard]] Opened open_files(Address const& address);      // file:///tmp/out/, file:///tmp/out.txt
[[nodiscard]] Opened open_switch(Address const& address);     // torntape://127.0.0.1:12701
[[nodiscard]] Opened open_circuit(Address const& address);    // tcp://127.0.0.1:12727?channel=TAI
[[nodiscard]] Opened open_webhook(Address const& address);    // http://127.0.0.1:8000/in
[[nodiscard]] Opened open_mail(Address const& address);       // smtp://127.0.0.1:25?to={}@example.org
[[nodiscard]] Opened open_jetstream(Address const& address);  // nats://127.0.0.1:4222/telegrams
[[nodiscard]] Opened open_broker(Address const& address);     // amqp://127.0.0.1:5672/?queue=telegrams

}  // namespace torntape::send
