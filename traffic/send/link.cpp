#include "traffic/send/link.hpp"

#include <array>
#include <thread>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

namespace torntape::send {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

std::string lower_first(std::string text) {
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z')
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
  return text;
}

}  // namespace

struct Link::State {
  asio::io_context io;
  tcp::socket socket{io};
  bool up = false;
  std::string why;
  std::string queued, writing, input;
  std::uint64_t asked = 0, written = 0;
  std::array<char, std::size_t{64} * 1024> buffer{};

  void end(std::string reason) {
    if (!up) return;
    up = false;
    why = std::move(reason);
    error_code ignored;
    socket.close(ignored);
  }

  void read() {
    socket.async_read_some(asio::buffer(buffer), [this](error_code error, std::size_t size) {
      if (error == asio::error::operation_aborted) return;
      if (error)
        return end(error == asio::error::eof ? "the far end has closed it" : lower_first(error.message()));
      input.append(buffer.data(), size);
      read();
    });
  }

  void write_queued() {
    if (!writing.empty() || queued.empty() || !up) return;
    writing.swap(queued);
    asio::async_write(socket, asio::buffer(writing), [this](error_code error, std::size_t size) {
      written += size;
      writing.clear();
      if (error == asio::error::operation_aborted) return;
      if (error) return end(lower_first(error.message()));
      write_queued();
    });
  }
};

Link::Link() : state_{std::make_unique<State>()} {}
Link::~Link() = default;

std::string Link::connect(std::string const& host, std::uint16_t port, std::chrono::milliseconds patience) {
  state_ = std::make_unique<State>();
  auto& state = *state_;
  error_code error;
  tcp::resolver resolver{state.io};
  auto const addresses = resolver.resolve(host, std::to_string(port), error);
  if (!error) {
    error = asio::error::timed_out;
    asio::async_connect(state.socket, addresses,
                        [&error](error_code result, tcp::endpoint const&) { error = result; });
    state.io.run_for(patience);
    if (!state.io.stopped()) {
      error_code ignored;
      state.socket.close(ignored);
      state.io.run();
      error = asio::error::timed_out;
    }
    state.io.restart();
  }
  if (error) return fmt::format("nobody answers at {}:{}: {}", host, port, lower_first(error.message()));
  error_code ignored;
  state.socket.set_option(tcp::no_delay{true}, ignored);
  state.up = true;
  state.read();
  return {};
}

void Link::write(std::string_view bytes) {
  state_->asked += bytes.size();
  state_->queued.append(bytes);
  state_->write_queued();
}

void Link::run(Time until) {
  if (!state_->up) return std::this_thread::sleep_until(until);
  auto& io = state_->io;
  if (io.stopped()) io.restart();
  if (io.run_one_until(until) == 0) return;
  io.poll();
}

bool Link::up() const { return state_->up; }
std::string const& Link::why_down() const { return state_->why; }
std::string Link::take_input() { return std::exchange(state_->input, {}); }

std::uint64_t Link::acknowledged() const {
  int on_the_way = 0;
  if (!state_->up || ::ioctl(state_->socket.native_handle(), SIOCOUTQ, &on_the_way) != 0) return 0;
  auto const missing = static_cast<std::uint64_t>(on_the_way);
  return state_->written > missing ? state_->written - missing : 0;
}

std::uint64_t Link::written() const { return state_->written; }
std::uint64_t Link::waiting() const { return state_->asked - state_->written; }

}  // namespace torntape::send
