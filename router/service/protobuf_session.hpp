// One connection to the Protobuf port.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>

#include "directory/network.hpp"
#include "router/service/delivery.hpp"
#include "router/service/switch.hpp"

namespace torntape::service {

// What all sessions share. Outlives them.
struct Floor {
  Switch& house;
  std::shared_ptr<directory::Directory const> directory;  // null in an open switch
  Messages messages;
  std::function<void()> before_judging;      // a gate for tests; may be null
  std::atomic<std::size_t> filing_bytes{0};  // submitted and not yet answered
  std::atomic<std::size_t> judging{0};       // judgements that have begun and not ended
  std::atomic<std::size_t> refused_at_stop{0};
  boost::asio::thread_pool judges;  // what is filed is read and judged here: connections never wait for it
};

class ProtobufSession {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  virtual ~ProtobufSession() = default;
  // Answers what is under way, refuses what is new, then closes. Any thread.
  virtual void drain() = 0;
  // Closes at once. Any thread.
  virtual void abort() = 0;
};

// Starts a session on a socket whose executor is a strand. `ended` is called when it is over.
[[nodiscard]] std::shared_ptr<ProtobufSession> start_protobuf_session(ProtobufSession::Socket socket,
                                                                      Floor& floor, relay::ReaderId reader,
                                                                      std::function<void()> ended);

}  // namespace torntape::service
