// A relay made of a bare socket, at the far end of a circuit: says what it is told, waits for what comes,
// gives up in the end.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <poll.h>

#include "sample.hpp"

namespace torntape::service::sample {

class LineClient {
 public:
  // `channel` is what it sends on, "XRI".
  LineClient(std::uint16_t port, std::string channel, std::string here, std::string far_end)
      : channel_{std::move(channel)}, here_{std::move(here)}, far_end_{std::move(far_end)} {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    timeval const limit{.tv_sec = static_cast<int>(patience.count()), .tv_usec = 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  }

  // False where the other end takes no more.
  bool send_bytes(std::string_view bytes) {
    boost::system::error_code error;
    boost::asio::write(socket_, boost::asio::buffer(bytes.data(), bytes.size()), error);
    return !error;
  }
  // From FL2 on, under the next number.
  void send(std::string_view text) { send_bytes(fmt::format("VZCZC{}{:04}\n{}", channel_, ++sent_, text)); }
  // A service message.
  void say(std::string_view text, std::string_view precedence = "PP") {
    send(fmt::format("{} {}\nDE {} 2290200\n{}\nNNNN\n", precedence, far_end_, here_, text));
  }
  void skip(unsigned numbers) { sent_ += numbers; }

  // The next line, without its end; empty at the end of the connection.
  std::string hear_line() {
    while (gathered_.find('\n') == std::string::npos)
      if (!read_some()) return {};
    auto const size = gathered_.find('\n');
    auto line = gathered_.substr(0, size);
    gathered_.erase(0, size + 1);
    return line;
  }
  // The rest of the next transmission, to its NNNN; none at the end of the connection.
  std::optional<std::string> hear() {
    constexpr std::string_view end = "\nNNNN\n";
    auto found = gathered_.find(end);
    for (std::size_t searched = 0; found == std::string::npos; found = gathered_.find(end, searched)) {
      searched = gathered_.size() < end.size() ? 0 : gathered_.size() - end.size();
      if (!read_some()) return std::nullopt;
    }
    auto text = gathered_.substr(0, found + end.size());
    gathered_.erase(0, found + end.size());
    return text;
  }

  void close_sending() {
    boost::system::error_code ignored;
    socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
  }

 private:
  bool read_some() {
    pollfd one{.fd = socket_.native_handle(), .events = POLLIN, .revents = 0};
    auto const limit = std::chrono::duration_cast<std::chrono::milliseconds>(patience).count();
    if (::poll(&one, 1, static_cast<int>(limit)) <= 0)
      throw std::runtime_error("nothing came over the circuit");
    boost::system::error_code error;
    auto const size = socket_.read_some(boost::asio::buffer(buffer_), error);
    gathered_.append(buffer_.data(), size);
    return !error;
  }

  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_{io_};
  std::array<char, 64 * 1024> buffer_{};
  std::string gathered_;
  std::string channel_, here_, far_end_;
  unsigned sent_ = 0;
};

}  // namespace torntape::service::sample
