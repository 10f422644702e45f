// The HTTP port at its sockets.
#include "router/service/http_session.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <poll.h>

#include "router/service/limits.hpp"
#include "router/service/service.hpp"
#include "sample.hpp"

namespace torntape::service {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

class Running {
 public:
  explicit Running(std::function<void()> before_judging = nullptr)
      : house_{Site{}, std::make_unique<store::MemoryStore>()} {
    if (auto const failure = house_.start()) throw std::runtime_error(failure->message);
    service_ = std::make_unique<Service>(house_, nullptr, std::move(before_judging));
    port_ = std::get<Endpoint>(service_->listen_http({"127.0.0.1", 0})).port;
    thread_ = std::thread{[this] { static_cast<void>(service_->run()); }};
  }
  ~Running() { stop(); }
  Running(Running const&) = delete;
  Running& operator=(Running const&) = delete;

  void begin_stop() { service_->stop(); }
  void stop() {
    service_->stop();
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  Switch house_;
  std::unique_ptr<Service> service_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

// Says what it is told, waits for what comes, gives up in the end.
class Client {
 public:
  explicit Client(std::uint16_t port) {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    timeval const limit{.tv_sec = static_cast<int>(sample::patience.count()), .tv_usec = 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  }

  void send(std::string_view text) {
    boost::system::error_code error;
    boost::asio::write(socket_, boost::asio::buffer(text.data(), text.size()), error);
  }
  void get(std::string_view target) {
    send(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", target));
  }
  void post(std::string_view target, std::string_view body) {
    send(fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{}", target,
                     body.size(), body));
  }
  // What has come, once it holds this, or the connection has ended.
  std::string const& until(std::string_view text) {
    std::size_t from = 0;
    while (came_.find(text, from) == std::string::npos) {
      from = came_.size() - std::min(came_.size(), text.size());
      if (!read_some()) break;
    }
    return came_;
  }
  std::string const& to_the_end() {
    while (read_some()) {
    }
    return came_;
  }
  void forget() { came_.clear(); }

 private:
  bool read_some() {
    pollfd one{.fd = socket_.native_handle(), .events = POLLIN, .revents = 0};
    auto const limit = std::chrono::duration_cast<std::chrono::milliseconds>(sample::patience).count();
    if (::poll(&one, 1, static_cast<int>(limit)) <= 0) throw std::runtime_error("nothing came");
    std::array<char, 65'536> buffer{};
    boost::system::error_code error;
    auto const size = socket_.read_some(boost::asio::buffer(buffer), error);
    came_.append(buffer.data(), size);
    return !error;
  }

  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_{io_};
  std::string came_;
};

std::size_t count(std::string const& text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

TEST_CASE("A connection stays for the next request, and is closed when that is asked for") {
  Running const running;
  Client client{running.port()};
  client.get("/healthz");
  CHECK_THAT(client.until("ok\n"),
             StartsWith("HTTP/1.1 200 OK\r\n") && Contains("\r\nConnection: keep-alive\r\n"));
  client.forget();
  client.post("/api/v1/messages", sample::message());
  CHECK_THAT(client.until("\"id\""), StartsWith("HTTP/1.1 202 Accepted\r\n"));
  client.forget();
  client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  CHECK_THAT(client.to_the_end(), Contains("\r\nConnection: close\r\n"));
}

TEST_CASE("A client of HTTP/1.0 is answered and let go") {
  Running const running;
  Client client{running.port()};
  client.send("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n");
  CHECK_THAT(client.to_the_end(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("HEAD tells what GET would, without the body") {
  Running const running;
  Client client{running.port()};
  client.send("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  CHECK_THAT(client.to_the_end(),
             Contains("\r\nContent-Length: 3\r\n") && Catch::Matchers::EndsWith("\r\n\r\n"));
}

TEST_CASE("A hundred requests at once are answered in their order") {
  Running const running;
  Client client{running.port()};
  std::string all;
  for (unsigned i = 0; i != 100; ++i)
    all.append(fmt::format("GET /api/v1/messages/{} HTTP/1.1\r\nHost: localhost\r\n\r\n", 1000 + i));
  client.send(all);
  auto const& text = client.until("no such message: 1099");
  std::size_t at = 0;
  for (unsigned i = 0; i != 100 && at != std::string::npos; ++i)
    at = text.find(fmt::format("no such message: {}\"", 1000 + i), at);
  CHECK(at != std::string::npos);
}

TEST_CASE("What breaks the rules of HTTP is answered and closed") {
  Running const running;
  auto const told = [&](std::string_view text) {
    Client client{running.port()};
    client.send(text);
    auto const answer = client.to_the_end();
    if (!answer.starts_with("HTTP/1.1 417")) {
      CHECK(answer.find("application/problem+json") != std::string::npos);
      CHECK(answer.find("{\"type\":\"about:blank\"") != std::string::npos);
    }
    return std::string{answer.substr(0, 12)};
  };
  CHECK(told("BREW\r\n\r\n") == "HTTP/1.1 400");
  CHECK(told("GET /healthz HTTP/2.0\r\nHost: localhost\r\n\r\n") == "HTTP/1.1 505");
  CHECK(told("GET /healthz HTTP/1.1\r\nX: " + std::string(max_http_header, 'x') + "\r\n\r\n") ==
        "HTTP/1.1 431");
  CHECK(told(fmt::format("POST /api/v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n",
                         max_http_body + 1)) == "HTTP/1.1 413");
  CHECK(told("POST /api/v1/inspect HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: "
             "chunked\r\n\r\n") == "HTTP/1.1 400");
  CHECK(told("GET /healthz HTTP/1.1\r\nHost: localhost\r\nExpect: tea\r\n\r\n") == "HTTP/1.1 417");
}

TEST_CASE("Whoever begins to listen is told all depths") {
  Running const running;
  Client client{running.port()}, first{running.port()}, second{running.port()};
  client.post("/api/v1/messages", sample::message(2001));
  first.get("/api/v1/events");
  first.until("\"RUEHC\"");
  second.get("/api/v1/events");
  CHECK(second.until("\"RUEHC\"").find("event: depths") != std::string::npos);
}

TEST_CASE("Events reach who listens, in their order") {
  Running const running;
  Client listener{running.port()}, client{running.port()};
  listener.get("/api/v1/events");
  listener.until("id: ");
  client.post("/api/v1/messages", sample::message(2001));
  client.post("/api/v1/messages", sample::message(2002));
  auto const& told = listener.until("RUEHTA 2002");
  CHECK(told.find("RUEHTA 2001") < told.find("RUEHTA 2002"));
  CHECK(count(told, "event: accepted\n") == 2);
}

// A session by itself, whose events the test makes.
class Streaming {
 public:
  Streaming() {
    if (auto const failure = house_.start()) throw std::runtime_error(failure->message);
    acceptor_.async_accept([this](boost::system::error_code, Socket socket) {
      session_ = start_http_session(std::make_unique<Stream>(std::move(socket)), floor_, api_,
                                    [this] { work_.reset(); });
    });
    thread_ = std::thread{[this] { io_.run(); }};
  }
  ~Streaming() {
    thread_.join();
    floor_.judges.join();
    house_.close();
  }
  Streaming(Streaming const&) = delete;
  Streaming& operator=(Streaming const&) = delete;

  [[nodiscard]] std::uint16_t port() { return acceptor_.local_endpoint().port(); }
  void publish(std::size_t events) {
    std::vector<v1::Event> made(events);
    for (auto& event : made) event.mutable_circuit()->set_name(std::string(1'000, 'X'));
    floor_.events.publish(std::move(made));
  }
  void publish_last() {
    std::vector<v1::Event> made(1);
    made[0].mutable_circuit()->set_name("THE LAST");
    floor_.events.publish(std::move(made));
  }
  void end() { session_->drain(); }

 private:
  Switch house_{Site{}, std::make_unique<store::MemoryStore>()};
  Floor floor_{.house = house_,
               .directory = DirectoryInForce{nullptr},
               .messages = Messages{house_.store(), max_cached_bytes},
               .before_judging = nullptr,
               .line_speed = false,
               .judges = boost::asio::thread_pool{1}};
  HttpApi api_{floor_};
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
  boost::asio::ip::tcp::acceptor acceptor_{io_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::shared_ptr<Connection> session_;
  std::thread thread_;
};

TEST_CASE("Who reads events too slowly is told how many it missed, and gets the last ones") {
  Streaming streaming;
  Client slow{streaming.port()};
  slow.get("/api/v1/events");
  slow.until("id: ");
  // Forty megabytes: more than the sockets hold and than is kept.
  for (unsigned i = 0; i != 10; ++i) streaming.publish(max_events_kept - 1);
  streaming.publish_last();
  auto const& told = slow.until("THE LAST");
  CHECK_THAT(told, Contains("event: missed\ndata: {\"events\":\""));
  CHECK(count(told, "event: circuit\n") >= max_events_kept);
  CHECK(count(told, "event: circuit\n") < 10 * max_events_kept);
  streaming.end();
  slow.to_the_end();
}

TEST_CASE("A stop lets idle connections go, answers what is under way and ends streams") {
  std::promise<void> judging, go_on;
  auto const opened = go_on.get_future().share();
  Running running{[&, first = true]() mutable {
    if (std::exchange(first, false)) judging.set_value();
    opened.wait();
  }};
  Client idle{running.port()}, listener{running.port()}, client{running.port()};
  idle.get("/healthz");
  idle.until("ok\n");
  listener.get("/api/v1/events");
  listener.until("id: ");
  client.post("/api/v1/messages", sample::message());
  judging.get_future().wait();
  running.begin_stop();
  idle.to_the_end();
  listener.to_the_end();
  go_on.set_value();
  CHECK_THAT(client.to_the_end(), StartsWith("HTTP/1.1 202 ") && Contains("\r\nConnection: close\r\n"));
}

TEST_CASE("Bytes are read as requests whatever they are") {
  auto const bytes = read_http(
      "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGARBAGE\r\n");
  REQUIRE(bytes.requests.size() == 2);
  CHECK(bytes.requests[0].target == "/a");
  CHECK_FALSE(bytes.requests[0].has_body);
  CHECK(bytes.requests[1].body == "hi");
  CHECK(bytes.refused_with == 400);
}

}  // namespace
}  // namespace torntape::service
