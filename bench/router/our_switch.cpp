#include <array>
#include <chrono>
#include <stdexcept>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <torntape/v1/switch.pb.h>

#include "bench/router/engines.hpp"
#include "bench/router/traffic.hpp"
#include "wire/delimited.hpp"

namespace torntape::bench::router {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

class Connection {
 public:
  explicit Connection(std::string const& address) {
    auto const colon = address.rfind(':');
    asio::ip::tcp::resolver resolver{io_};
    asio::connect(socket_, resolver.resolve(address.substr(0, colon), address.substr(colon + 1)));
    socket_.set_option(asio::ip::tcp::no_delay{true});
  }

  void add(v1::Request const& request) { wire::append_delimited(request, out_); }
  void send() {
    asio::write(socket_, asio::buffer(out_));
    out_.clear();
  }
  v1::Response const& receive() {
    for (;;) {
      auto const frame = frames_.next();
      if (frame.state == wire::FrameState::partial) {
        frames_.feed({in_.data(), socket_.read_some(asio::buffer(in_))});
        continue;
      }
      if (frame.state != wire::FrameState::whole ||
          !response_.ParseFromArray(frame.bytes.data(), static_cast<int>(frame.bytes.size())))
        throw std::runtime_error("the stream of answers is broken");
      if (response_.has_refusal()) throw std::runtime_error(response_.refusal().message());
      return response_;
    }
  }
  // Whether an answer is here already.
  bool has_answer() {
    if (frames_.pending() < 4 && socket_.available() != 0)
      frames_.feed({in_.data(), socket_.read_some(asio::buffer(in_))});
    return frames_.pending() >= 4;
  }

 private:
  asio::io_context io_;
  asio::ip::tcp::socket socket_{io_};
  std::array<char, 64 * 1024> in_{};
  std::string out_;
  wire::DelimitedReader frames_{std::size_t{64} << 20U};
  v1::Response response_;
};

}  // namespace

double our_switch(Load const& load) {
  Connection connection{load.where};
  Traffic const traffic{load.precedence};
  v1::Request request;
  auto const began = Clock::now();
  std::size_t sent = 0, answered = 0;
  while (answered != load.messages) {
    while (sent != load.messages && sent - answered != load.window) {
      request.set_id(sent + 1);
      request.mutable_submit()->set_text(traffic.message(load.first + sent));
      connection.add(request);
      ++sent;
    }
    connection.send();
    do {
      static_cast<void>(connection.receive());
      ++answered;
    } while (answered != sent && connection.has_answer());
  }
  return seconds_since(began);
}

double there_and_back(Load const& load) {
  Connection connection{load.where};
  auto const began = Clock::now();
  v1::Request request;
  request.mutable_submit()->set_text(Traffic{load.precedence}.message(load.first));
  connection.add(request);
  connection.send();
  auto const id = connection.receive().submit().id();
  request.mutable_collect()->set_queue(queue(0));
  connection.add(request);
  connection.send();
  auto const& collected = connection.receive().collect();
  auto const took = seconds_since(began);
  if (collected.copies_size() != 1 || collected.copies(0).message().id() != id)
    throw std::runtime_error("another message came first");
  auto const copy = collected.copies(0).id();
  request.mutable_acknowledge()->add_copy_ids(copy);
  connection.add(request);
  connection.send();
  static_cast<void>(connection.receive());
  return took * 1e3;
}

}  // namespace torntape::bench::router
