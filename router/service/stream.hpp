// The bytes of a connection, plain or under TLS: what a session reads and writes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "router/service/connection.hpp"
#include "router/service/tls.hpp"

namespace torntape::service {

// Used on the strand of its socket. One read and one write at a time.
class Stream {
 public:
  using executor_type = Socket::executor_type;

  explicit Stream(Socket socket) : socket_{std::move(socket)} {}
  // Under TLS, once hands are shaken. `name`, of a call: that of the certificate there.
  Stream(Socket socket, std::shared_ptr<Tls const> tls, Tls::Side side, std::string name = {});
  Stream(Stream const&) = delete;
  Stream& operator=(Stream const&) = delete;
  ~Stream() = default;

  [[nodiscard]] executor_type get_executor() { return socket_.get_executor(); }
  [[nodiscard]] bool secure() const { return tls_.has_value(); }
  // Of the certificate that the other end has shown: see certificate_names.
  [[nodiscard]] std::vector<std::string> const& names() const { return names_; }
  // "192.0.2.1"
  [[nodiscard]] std::string peer() const;

  [[nodiscard]] boost::asio::awaitable<boost::system::error_code> shake_hands();
  // Tells the other end that nothing more will come.
  [[nodiscard]] boost::asio::awaitable<void> end();
  // Afterwards: throws away what still comes, under TLS or not, until the other end closes.
  [[nodiscard]] boost::asio::awaitable<void> throw_away();
  // Past TLS: for a word to who does not speak it.
  [[nodiscard]] boost::asio::awaitable<void> write_plain(std::string text);

  template <class Buffers, class Token>
  auto async_read_some(Buffers const& space, Token&& token) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [](auto handler, Stream* self, Buffers const& into) {
          if (self->tls_)
            self->tls_->async_read_some(into, std::move(handler));
          else
            self->socket_.async_read_some(into, std::move(handler));
        },
        token, this, space);
  }
  template <class Buffers, class Token>
  auto async_write_some(Buffers const& bytes, Token&& token) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [](auto handler, Stream* self, Buffers const& from) {
          if (self->tls_)
            self->tls_->async_write_some(from, std::move(handler));
          else
            self->socket_.async_write_some(from, std::move(handler));
        },
        token, this, bytes);
  }

  // What is being read or written is broken off; a read may be begun anew.
  void cancel();
  void close();

 private:
  Socket socket_;
  std::shared_ptr<Tls const> keeps_;  // the context of `tls_`
  std::optional<boost::asio::ssl::stream<Socket&>> tls_;
  boost::asio::ssl::stream_base::handshake_type type_ = boost::asio::ssl::stream_base::server;
  std::string name_;  // that a call expects
  std::vector<std::string> names_;
};

}  // namespace torntape::service
