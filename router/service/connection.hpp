// What the service knows of a connection, whatever is spoken on it.
#pragma once

#include <boost/asio/ip/tcp.hpp>

namespace torntape::service {

using Socket = boost::asio::ip::tcp::socket;

class Connection {
 public:
  Connection() = default;
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;
  virtual ~Connection() = default;
  // Answers what is under way, takes nothing new, then closes. Any thread.
  virtual void drain() = 0;
  // Closes at once. Any thread.
  virtual void abort() = 0;
};

}  // namespace torntape::service
