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

template <class Message>
double file(Connection& connection, Load const& load, Message const& message) {
  v1::Request request;
  auto const began = Clock::now();
  std::size_t sent = 0, answered = 0;
  while (answered != load.messages) {
    while (sent != load.messages && sent - answered != load.window) {
      request.set_id(sent + 1);
      request.mutable_submit()->set_text(message(load.first + sent));
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

}  // namespace

double our_switch(Load const& load) {
  Connection connection{load.where};
  Traffic const traffic{load.precedence};
  return file(connection, load, [&](std::size_t n) { return traffic.message(n); });
}

// Sixteen queues are asked at a time: what one gives is acknowledged, and it is asked again until it is
// empty.
double deliver(Load const& load) {
  constexpr std::size_t most_asked = 16;
  constexpr std::uint32_t at_once = 64;
  Connection connection{load.where};
  Traffic const traffic{load.precedence};
  static_cast<void>(file(connection, load, [&](std::size_t n) { return message_to_many(traffic, n); }));
  auto const began = Clock::now();
  std::size_t next = 0, under_way = 0, delivered = 0;
  auto const ask = [&](std::size_t queue) {
    v1::Request request;
    request.set_id(queue);
    request.mutable_collect()->set_queue(one_of_many(queue));
    request.mutable_collect()->set_max(at_once);
    connection.add(request);
    ++under_way;
  };
  while (next != most_asked) ask(next++);
  for (connection.send(); under_way != 0; connection.send()) {
    auto const& response = connection.receive();
    --under_way;
    if (!response.has_collect()) continue;
    if (response.collect().copies().empty()) {
      if (next != many_queues) ask(next++);
      continue;
    }
    v1::Request request;
    for (auto const& copy : response.collect().copies())
      request.mutable_acknowledge()->add_copy_ids(copy.id());
    delivered += static_cast<std::size_t>(response.collect().copies_size());
    connection.add(request);
    ++under_way;
    ask(response.id());
  }
  if (delivered != load.messages * addressees) throw std::runtime_error("not every copy came");
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
