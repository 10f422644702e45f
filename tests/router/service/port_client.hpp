// A scripted client of the Protobuf port: sends what it is told, waits for what comes, gives up in the end.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <poll.h>
#include <torntape/v1/switch.pb.h>

#include "sample.hpp"
#include "wire/delimited.hpp"

namespace torntape::service::sample {

class PortClient {
 public:
  explicit PortClient(std::uint16_t port) {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    int const seconds = static_cast<int>(patience.count());
    timeval const limit{.tv_sec = seconds, .tv_usec = 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  }

  // False where the other end takes no more.
  bool send_bytes(std::string_view bytes) {
    boost::system::error_code error;
    boost::asio::write(socket_, boost::asio::buffer(bytes.data(), bytes.size()), error);
    return !error;
  }
  void send(v1::Request const& request) {
    std::string bytes;
    wire::append_delimited(request, bytes);
    if (!send_bytes(bytes)) throw std::runtime_error("the switch takes no request");
  }

  // None at the end of the connection.
  std::optional<v1::Response> receive() {
    for (;;) {
      auto const frame = frames_.next();
      v1::Response response;
      if (frame.state == wire::FrameState::whole) {
        if (!response.ParseFromArray(frame.bytes.data(), static_cast<int>(frame.bytes.size())))
          throw std::runtime_error("the frame is no Response");
        return response;
      }
      if (frame.state != wire::FrameState::partial) throw std::runtime_error("the stream is not delimited");
      if (!read_some()) return std::nullopt;
    }
  }

  v1::Response call(v1::Request const& request) {
    send(request);
    auto response = receive();
    if (!response) throw std::runtime_error("the switch closed the connection");
    return std::move(*response);
  }

  void close_sending() { socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send); }
  void close() { socket_.close(); }

 private:
  bool read_some() {
    pollfd one{.fd = socket_.native_handle(), .events = POLLIN, .revents = 0};
    auto const limit = std::chrono::duration_cast<std::chrono::milliseconds>(patience).count();
    if (::poll(&one, 1, static_cast<int>(limit)) <= 0) throw std::runtime_error("no answer came");
    boost::system::error_code error;
    auto const size = socket_.read_some(boost::asio::buffer(buffer_), error);
    frames_.feed({buffer_.data(), size});
    return !error;
  }

  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_{io_};
  std::array<char, 64 * 1024> buffer_{};
  wire::DelimitedReader frames_{std::size_t{64} << 20U};
};

}  // namespace torntape::service::sample
