#include "traffic/receive/listener.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

namespace torntape::receive {

using boost::asio::ip::tcp;
using boost::system::error_code;

std::string Listener::listen(send::Address const& address) {
  error_code error;
  scheme_ = address.scheme;
  auto const place =
      boost::asio::ip::make_address(address.host == "localhost" ? "127.0.0.1" : address.host, error);
  if (error)
    return fmt::format("{}: '{}' is no address to listen at, such as 127.0.0.1", address.text, address.host);
  if (!place.is_loopback())
    return fmt::format("{}: this version listens on loopback only; bring it there by a tunnel (ssh -R)",
                       address.text);
  tcp::endpoint const endpoint{place, address.port};
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address{true}, error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
  if (error) return fmt::format("{}: cannot listen: {}", address.text, error.message());
  accept();
  return {};
}

std::string Listener::where() const {
  error_code ignored;
  auto const endpoint = acceptor_.local_endpoint(ignored);
  auto const host = endpoint.address().to_string();
  return endpoint.address().is_v6() ? fmt::format("{}://[{}]:{}", scheme_, host, endpoint.port())
                                    : fmt::format("{}://{}:{}", scheme_, host, endpoint.port());
}

void Listener::accept() {
  acceptor_.async_accept([this](error_code error, Socket socket) {
    if (error == boost::asio::error::operation_aborted) return;
    if (!error) accepted(std::move(socket));
    accept();
  });
}

void Listener::work(Time until, std::vector<Receipt>& receipts) {
  kept();
  while (came_.empty() && io_.run_one_until(until) != 0) {
  }
  io_.poll();
  std::ranges::move(came_, std::back_inserter(receipts));
  came_.clear();
}

}  // namespace torntape::receive
