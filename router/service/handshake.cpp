#include "router/service/handshake.hpp"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <openssl/sslerr.h>

#include "router/service/limits.hpp"

namespace torntape::service {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// A browser, or curl, that was sent here with http:// where https:// is meant.
constexpr std::string_view speaks_tls =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nConnection: close\r\n\r\n"
    "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
    "\"detail\":\"this port speaks TLS: https://\"}\n";

class Handshake final : public Connection, public std::enable_shared_from_this<Handshake> {
 public:
  Handshake(std::unique_ptr<Stream> stream, bool http, HandsShaken done)
      : stream_{std::move(stream)},
        strand_{stream_->get_executor()},
        http_{http},
        done_{std::move(done)},
        deadline_{strand_} {}

  void start();
  void drain() override { abort(); }
  void abort() override;

 private:
  using Self = std::shared_ptr<Handshake>;
  static asio::awaitable<void> shake(Self self);
  void close();

  std::unique_ptr<Stream> stream_;
  Stream::executor_type strand_;
  bool http_;
  HandsShaken done_;
  asio::steady_timer deadline_;
  bool late_ = false;
};

std::string in_words(error_code const& error) {
  if (error == asio::error::eof || error == asio::ssl::error::stream_truncated)
    return "it closed before hands were shaken";
  if (error == asio::error::access_denied) return "its certificate has another name";
  return error.message();
}

void Handshake::start() {
  deadline_.expires_after(tls_handshake);
  deadline_.async_wait([self = shared_from_this()](error_code cancelled) {
    if (cancelled) return;
    self->late_ = true;
    self->close();
  });
  auto shaking = shake(shared_from_this());
  asio::co_spawn(strand_, std::move(shaking), [self = shared_from_this()](std::exception_ptr const& fault) {
    self->deadline_.cancel();
    if (fault) self->done_(nullptr, "for want of memory, or by a fault of the switch");
  });
}

asio::awaitable<void> Handshake::shake(Self self) {
  auto shaking = self->stream_->shake_hands();
  auto const error = co_await std::move(shaking);
  if (error.category() == asio::error::get_ssl_category() && self->http_ &&
      ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST) {
    auto telling = self->stream_->write_plain(std::string{speaks_tls});
    co_await std::move(telling);
  }
  self->deadline_.cancel();
  if (!error) {
    self->done_(std::move(self->stream_), {});
    co_return;
  }
  auto const why = self->late_ ? fmt::format("not within {} s", tls_handshake.count()) : in_words(error);
  self->done_(nullptr, why);
}

void Handshake::abort() {
  asio::post(strand_, [self = shared_from_this()] { self->close(); });
}

void Handshake::close() {
  if (stream_) stream_->close();
}

}  // namespace

std::shared_ptr<Connection> start_handshake(std::unique_ptr<Stream> stream, bool http, HandsShaken done) {
  auto handshake = std::make_shared<Handshake>(std::move(stream), http, std::move(done));
  handshake->start();
  return handshake;
}

}  // namespace torntape::service
