// What comes before a session under TLS: hands are shaken, within a time.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "router/service/connection.hpp"
#include "router/service/stream.hpp"

namespace torntape::service {

// `done` is called once, on the strand of the stream: with the stream, ready for a session, or with null and
// the reason in words. `http`: who speaks it without TLS is told so in its own words.
using HandsShaken = std::function<void(std::unique_ptr<Stream> ready, std::string const& why_not)>;
[[nodiscard]] std::shared_ptr<Connection> start_handshake(std::unique_ptr<Stream> stream, bool http,
                                                          HandsShaken done);

}  // namespace torntape::service
