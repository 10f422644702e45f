#include "router/service/stream.hpp"

#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace torntape::service {

namespace asio = boost::asio;
using boost::system::error_code;

Stream::Stream(Socket socket, std::shared_ptr<Tls const> tls, Tls::Side side, std::string name)
    : socket_{std::move(socket)},
      keeps_{std::move(tls)},
      type_{side == Tls::Side::call ? asio::ssl::stream_base::client : asio::ssl::stream_base::server},
      name_{std::move(name)} {
  tls_.emplace(socket_, keeps_->context(side));
  if (!name_.empty()) SSL_set_tlsext_host_name(tls_->native_handle(), name_.c_str());
}

std::string Stream::peer() const {
  error_code error;
  auto const endpoint = socket_.remote_endpoint(error);
  return error ? "an address unknown" : endpoint.address().to_string();
}

// A certificate that is whole and well signed may still be somebody else's.
asio::awaitable<error_code> Stream::shake_hands() {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  if (!tls_) co_return error;
  co_await tls_->async_handshake(type_, token);
  if (error) co_return error;
  names_ = certificate_names(tls_->native_handle());
  if (!name_.empty() && !has_name(names_, name_)) error = asio::error::access_denied;
  co_return error;
}

asio::awaitable<void> Stream::end() {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  if (tls_) co_await tls_->async_shutdown(token);
  socket_.shutdown(Socket::shutdown_send, error);
}

asio::awaitable<void> Stream::throw_away() {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  std::array<char, 1024> thrown_away{};
  auto const space = asio::buffer(thrown_away);
  while (!error) co_await socket_.async_read_some(space, token);
}

asio::awaitable<void> Stream::write_plain(std::string text) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  auto const bytes = asio::buffer(text);
  co_await asio::async_write(socket_, bytes, token);
  socket_.shutdown(Socket::shutdown_send, error);
}

void Stream::cancel() {
  error_code ignored;
  socket_.cancel(ignored);
}

void Stream::close() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace torntape::service
