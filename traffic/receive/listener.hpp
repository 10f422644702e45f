// Listens, and works all connections on the thread that calls it. What a connection means is its own affair.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "traffic/receive/receiver.hpp"

namespace torntape::receive {

using Socket = boost::asio::ip::tcp::socket;

class Listener : public Receiver {
 public:
  // What was received goes to `receipts`.
  void work(Time until, std::vector<Receipt>& receipts) override;
  [[nodiscard]] std::string where() const override;

  // Why not, in words; nothing where it listens.
  [[nodiscard]] std::string listen(send::Address const& address);

 protected:
  virtual void accepted(Socket socket) = 0;
  // What came before has been kept.
  virtual void kept() {}
  [[nodiscard]] boost::asio::io_context& io() { return io_; }
  std::vector<Receipt> came_;

 private:
  void accept();

  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  std::string scheme_;
};

// A receiver that listens, or why it cannot.
template <class T, class... Arguments>
[[nodiscard]] Opened listening(send::Address const& address, Arguments&&... arguments) {
  auto receiver = std::make_unique<T>(std::forward<Arguments>(arguments)...);
  if (auto why = receiver->listen(address); !why.empty()) return why;
  return receiver;
}

}  // namespace torntape::receive
