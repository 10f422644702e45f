#include "router/service/service.hpp"

#include <functional>
#include <future>
#include <map>
#include <random>
#include <thread>

#include <catch2/catch.hpp>
#include <sys/resource.h>

#include "port_client.hpp"
#include "router/service/limits.hpp"
#include "sample.hpp"

namespace torntape::service {
namespace {

using sample::PortClient;

// An open switch in memory with its port, on a thread.
class Running {
 public:
  explicit Running(std::unique_ptr<store::Store> store = std::make_unique<store::MemoryStore>(),
                   std::function<void()> before_judging = nullptr,
                   std::shared_ptr<directory::Directory const> directory = nullptr)
      : house_{Site{}, std::move(store)} {
    if (auto const failure = house_.start()) throw std::runtime_error(failure->message);
    service_ = std::make_unique<Service>(house_, std::move(directory), std::move(before_judging));
    port_ = std::get<Endpoint>(service_->listen_protobuf({"127.0.0.1", 0})).port;
    thread_ = std::thread{[this] { ended_well_ = service_->run(); }};
  }
  ~Running() { stop(); }
  Running(Running const&) = delete;
  Running& operator=(Running const&) = delete;

  // Returns once all is drained.
  void stop() {
    service_->stop();
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] bool ended_well() const { return ended_well_; }
  void begin_stop() { service_->stop(); }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] Service& service() { return *service_; }

 private:
  Switch house_;
  std::unique_ptr<Service> service_;
  std::uint16_t port_ = 0;
  bool ended_well_ = false;
  std::thread thread_;
};

v1::Request submit(std::string text, std::uint64_t id = 0) {
  v1::Request request;
  request.set_id(id);
  request.mutable_submit()->set_text(std::move(text));
  return request;
}

v1::Request collect(std::string const& queue, std::uint32_t max, std::uint64_t id = 0, int wait = 0) {
  v1::Request request;
  request.set_id(id);
  request.mutable_collect()->set_queue(queue);
  request.mutable_collect()->set_max(max);
  if (wait != 0) request.mutable_collect()->mutable_wait()->set_seconds(wait);
  return request;
}

v1::Request queues(std::uint64_t id = 0) {
  v1::Request request;
  request.set_id(id);
  request.mutable_queues();
  return request;
}

std::uint64_t waiting(v1::QueuesResponse const& response) {
  std::uint64_t sum = 0;
  for (auto const& queue : response.queues())
    for (auto const& depth : queue.depths()) sum += depth.waiting();
  return sum;
}

TEST_CASE("submit, queues, collect, acknowledge, message") {
  Running running;
  PortClient client{running.port()};
  auto const accepted = client.call(submit(sample::message(), 42));
  CHECK(accepted.id() == 42);
  REQUIRE(accepted.has_submit());
  CHECK(accepted.submit().action_copies() == 1);
  CHECK(accepted.submit().info_copies() == 13);
  CHECK(client.call(submit(sample::message())).submit().already_filed());

  auto const depths = client.call(queues());
  CHECK(depths.queues().queues_size() == static_cast<int>(sample::copies));
  CHECK(waiting(depths.queues()) == sample::copies);

  auto const collected = client.call(collect("RUEHC", 10));
  REQUIRE(collected.collect().copies_size() == 1);
  auto const& copy = collected.collect().copies(0);
  CHECK(copy.message().text() == sample::message());
  CHECK(copy.message().heading().text().message_reference_number() == "001399");
  CHECK(copy.kind() == v1::KIND_ACTION);

  v1::Request acknowledge;
  acknowledge.mutable_acknowledge()->add_copy_ids(copy.id());
  CHECK(client.call(acknowledge).has_acknowledge());
  CHECK(waiting(client.call(queues()).queues()) == sample::copies - 1);

  v1::Request message;
  message.mutable_message()->set_id(accepted.submit().id());
  auto const told = client.call(message);
  REQUIRE(told.message().copies_size() == static_cast<int>(sample::copies));
  CHECK(told.message().message().text() == sample::message());
  CHECK(told.message().copies(0).state() == v1::COPY_STATE_ACKNOWLEDGED);
  CHECK(told.message().copies(1).state() == v1::COPY_STATE_WAITING);
}

TEST_CASE("A release gives the copy back to its place") {
  Running running;
  PortClient client{running.port()};
  CHECK(client.call(submit(sample::message())).has_submit());
  auto const first = client.call(collect("RUEHC", 1)).collect();
  v1::Request release;
  release.mutable_release()->add_copy_ids(first.copies(0).id());
  CHECK(client.call(release).has_release());
  CHECK(client.call(collect("RUEHC", 1)).collect().copies(0).attempt() == 2);
}

TEST_CASE("A peek takes nothing, and asks for one kind where told") {
  Running running;
  PortClient client{running.port()};
  CHECK(client.call(submit(sample::message())).has_submit());
  auto peek = collect("RUEHC", 10);
  peek.mutable_collect()->set_peek(true);
  CHECK(client.call(peek).collect().copies_size() == 1);
  peek.mutable_collect()->set_kind(v1::KIND_INFO);
  CHECK(client.call(peek).collect().copies_size() == 0);
  CHECK(client.call(collect("RUEHC", 1)).collect().copies(0).attempt() == 1);
}

TEST_CASE("Refusals say why") {
  Running running;
  PortClient client{running.port()};
  auto const reason = [&client](v1::Request const& request) {
    return client.call(request).refusal().reason();
  };
  CHECK(reason(submit("")) == v1::REASON_INVALID);
  CHECK(reason(submit("no message at all\n")) == v1::REASON_INVALID);
  CHECK(reason(v1::Request{}) == v1::REASON_MALFORMED);
  v1::Request request;
  request.mutable_message()->set_id("77");
  CHECK(reason(request) == v1::REASON_NOT_FOUND);
  request.mutable_message()->set_id("x");
  CHECK(reason(request) == v1::REASON_NOT_FOUND);
  request.mutable_acknowledge()->add_copy_ids("no copy");
  CHECK(reason(request) == v1::REASON_NOT_FOUND);
  request.mutable_queues()->set_queue("RUEHXX");
  CHECK(reason(request) == v1::REASON_NOT_FOUND);
}

TEST_CASE("A store that cannot keep a message refuses it, and the next is taken") {
  store::MemoryStore kept;
  Running running{std::make_unique<sample::FailingStore>(kept, 1)};
  PortClient client{running.port()};
  auto const refused = client.call(submit(sample::message(2001)));
  CHECK(refused.refusal().reason() == v1::REASON_STORE);
  CHECK(refused.refusal().message() == "no space left on device");
  CHECK(waiting(client.call(queues()).queues()) == 0);
  CHECK(client.call(submit(sample::message(2002))).has_submit());
}

TEST_CASE("A copy is pushed to the reader that waits for it") {
  Running running;
  PortClient reader{running.port()}, writer{running.port()};
  reader.send(collect("RUEHC", 1, 5, 60));
  CHECK(writer.call(submit(sample::message())).has_submit());
  auto const pushed = reader.receive();
  REQUIRE(pushed);
  CHECK(pushed->id() == 5);
  CHECK(pushed->collect().copies_size() == 1);
}

TEST_CASE("The copies of a reader that is gone are handed out again") {
  Running running;
  PortClient next{running.port()};
  CHECK(next.call(submit(sample::message())).has_submit());
  {
    PortClient gone{running.port()};
    CHECK(gone.call(collect("RUEHC", 1)).collect().copies_size() == 1);
  }
  auto const again = next.call(collect("RUEHC", 1, 0, 60));
  REQUIRE(again.collect().copies_size() == 1);
  CHECK(again.collect().copies(0).suspected_duplicate());
}

TEST_CASE("Beyond the window the switch stops reading") {
  Running running;
  PortClient reader{running.port()}, writer{running.port()};
  for (std::uint64_t id = 1; id <= max_unanswered; ++id) reader.send(collect("RUEHC", 1, id, 60));
  reader.send(queues(1000));
  CHECK(writer.call(submit(sample::message())).has_submit());
  auto const first = reader.receive();
  REQUIRE(first);
  CHECK(first->id() == 1);
  auto const second = reader.receive();
  REQUIRE(second);
  CHECK(second->id() == 1000);
}

TEST_CASE("Requests sent at once are all answered, though the client reads late") {
  Running running;
  PortClient client{running.port()};
  constexpr unsigned count = 300;
  for (unsigned i = 0; i != count; ++i) client.send(submit(sample::message(2000 + i), i));
  std::vector<bool> answered(count, false);
  for (unsigned i = 0; i != count; ++i) {
    auto const response = client.receive();
    REQUIRE(response);
    CHECK(response->has_submit());
    answered.at(response->id()) = true;
  }
  CHECK(std::ranges::all_of(answered, [](bool is) { return is; }));
}

TEST_CASE("A client that has closed its side still gets the answers under way") {
  Running running;
  PortClient client{running.port()};
  client.send(submit(sample::message(), 9));
  client.close_sending();
  auto const response = client.receive();
  REQUIRE(response);
  CHECK(response->has_submit());
  CHECK_FALSE(client.receive());
}

TEST_CASE("A frame over the limit is answered, then the connection ends") {
  Running running;
  PortClient client{running.port()};
  std::string length;
  wire::append_varint(max_request + 1, length);
  CHECK(client.send_bytes(length));
  auto const answer = client.receive();
  REQUIRE(answer);
  CHECK(answer->refusal().reason() == v1::REASON_TOO_LARGE);
  CHECK_FALSE(client.receive());
}

TEST_CASE("A frame of the greatest size is taken") {
  Running running;
  PortClient client{running.port()};
  v1::Request request = submit(std::string(max_request - 10, 'X'));
  REQUIRE(request.ByteSizeLong() == max_request);
  CHECK(client.call(request).refusal().reason() == v1::REASON_INVALID);
}

TEST_CASE("Hostile bytes are answered or cut off, and the switch goes on serving") {
  Running running;
  std::mt19937 random{7};
  for (int round = 0; round != 50; ++round) {
    PortClient client{running.port()};
    std::string bytes(1 + random() % 3000, '\0');
    for (auto& byte : bytes) byte = static_cast<char>(random());
    if (round % 3 == 0) bytes.insert(0, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
    client.send_bytes(bytes);
    client.close_sending();
    while (client.receive()) {
    }
  }
  PortClient half{running.port()};
  CHECK(half.send_bytes("\x90\x4E half a frame"));
  PortClient good{running.port()};
  CHECK(good.call(submit(sample::message())).has_submit());
}

TEST_CASE("A frame that comes byte by byte is a frame") {
  Running running;
  PortClient client{running.port()};
  std::string bytes;
  wire::append_delimited(queues(3), bytes);
  for (char const byte : bytes) CHECK(client.send_bytes({&byte, 1}));
  auto const response = client.receive();
  REQUIRE(response);
  CHECK(response->id() == 3);
}

TEST_CASE("The stop answers what is under way and ends the connections") {
  Running running;
  PortClient client{running.port()};
  CHECK(client.call(submit(sample::message(2001))).has_submit());
  client.send(collect("RUEHNOT", 1, 8, 60));
  client.send(queues(9));
  auto const first = client.receive();
  REQUIRE(first);
  CHECK(first->id() == 9);
  running.begin_stop();
  auto const waited = client.receive();
  REQUIRE(waited);
  CHECK(waited->id() == 8);
  CHECK(waited->collect().copies().empty());
  CHECK_FALSE(client.receive());
  client.close();
  running.stop();
}

TEST_CASE("Judging holds up nobody, and the stop refuses what waits to be judged") {
  std::promise<void> gate;
  auto const opened = gate.get_future().share();
  std::promise<void> entered;
  Running running{std::make_unique<store::MemoryStore>(), [&, first = true]() mutable {
                    if (std::exchange(first, false)) entered.set_value();
                    opened.wait();
                  }};
  PortClient client{running.port()};
  client.send(submit(sample::message(2001), 1));
  client.send(submit(sample::message(2002), 2));
  entered.get_future().wait();
  CHECK(client.call(queues(3)).id() == 3);
  running.begin_stop();
  auto const refused = client.receive();
  REQUIRE(refused);
  CHECK(refused->id() == 2);
  CHECK(refused->refusal().reason() == v1::REASON_CLOSING);
  gate.set_value();
  auto const accepted = client.receive();
  REQUIRE(accepted);
  CHECK(accepted->id() == 1);
  CHECK(accepted->has_submit());
  CHECK_FALSE(client.receive());
  client.close();
  running.stop();
  CHECK(running.ended_well());
}

TEST_CASE("The journal is searched, and told without texts") {
  Running running;
  PortClient client{running.port()};
  for (unsigned serial = 2001; serial != 2004; ++serial)
    REQUIRE(client.call(submit(sample::message(serial))).has_submit());
  v1::Request request;
  request.mutable_journal()->set_originator("amembassy astana");
  request.mutable_journal()->set_max(2);
  auto const first = client.call(request).journal();
  REQUIRE(first.messages_size() == 2);
  CHECK(first.messages(0).id() == "3");
  CHECK(first.messages(0).text().empty());
  CHECK(first.messages(0).heading().origin().station_serial_number() == "2003");
  request.mutable_journal()->set_before(first.next());
  auto const rest = client.call(request).journal();
  REQUIRE(rest.messages_size() == 1);
  CHECK(rest.messages(0).id() == "1");
  CHECK(rest.next().empty());
  request.mutable_journal()->set_before("x");
  CHECK(client.call(request).refusal().reason() == v1::REASON_MALFORMED);
}

TEST_CASE("What one client files is accepted in the order in which it was sent") {
  Running running;
  PortClient client{running.port()};
  for (unsigned i = 0; i != 50; ++i) client.send(submit(sample::message(3000 + i), i));
  std::map<std::uint64_t, std::string> numbers;
  for (unsigned i = 0; i != 50; ++i) {
    auto const response = client.receive();
    REQUIRE(response);
    numbers[response->id()] = response->submit().id();
  }
  for (unsigned i = 0; i != 50; ++i) CHECK(numbers[i] == std::to_string(i + 1));
}

TEST_CASE("A lease, a wait or a kind that there is not is refused, and the connection goes on") {
  Running running;
  PortClient client{running.port()};
  auto const why = [&client](auto const& change) {
    auto request = collect("RUEHC", 1);
    change(*request.mutable_collect());
    auto const response = client.call(request);
    return response.has_refusal() ? response.refusal().message() : "";
  };
  auto const lease = "the lease is expected to be between 1 ms and 1 hour";
  auto const wait = "the wait is expected to be between 0 and 60 s";
  CHECK(why([](auto& c) { c.mutable_lease()->set_seconds(3601); }) == lease);
  CHECK(why([](auto& c) { c.mutable_lease()->set_seconds(-1); }) == lease);
  CHECK(why([](auto& c) { c.mutable_lease()->set_nanos(999); }) == lease);
  CHECK(why([](auto& c) { c.mutable_wait()->set_seconds(61); }) == wait);
  CHECK(why([](auto& c) { c.mutable_wait()->set_nanos(-1); }) == wait);
  CHECK(why([](auto& c) { c.set_kind(static_cast<v1::Kind>(7)); }) == "kind 7 is unknown");
  CHECK(why([](auto& c) { c.mutable_lease()->set_seconds(3600); }).empty());
}

TEST_CASE("A port in use is told with its address") {
  Running running;
  Switch house{Site{}, std::make_unique<store::MemoryStore>()};
  REQUIRE_FALSE(house.start());
  Service service{house, nullptr};
  auto const refused = service.listen_protobuf({"127.0.0.1", running.port()});
  auto const* const failure = std::get_if<Failure>(&refused);
  REQUIRE(failure != nullptr);
  CHECK(failure->message ==
        "cannot listen on 127.0.0.1:" + std::to_string(running.port()) + ": Address already in use");
}

TEST_CASE("Beyond loopback the service does not listen") {
  Switch house{Site{}, std::make_unique<store::MemoryStore>()};
  REQUIRE_FALSE(house.start());
  Service service{house, nullptr};
  for (auto const* address : {"0.0.0.0", "192.0.2.1", "::", "example.org"}) {
    auto const refused = service.listen_protobuf({address, 0});
    CHECK(std::holds_alternative<Failure>(refused));
  }
  CHECK(std::holds_alternative<Endpoint>(service.listen_protobuf({"localhost", 0})));
  service.stop();
  CHECK(service.run());
}

// Both ends of every connection are in this process. False where it may not open so many files.
bool may_open(rlim_t files) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= files) return true;
  limit.rlim_cur = std::min(limit.rlim_max, files);
  return limit.rlim_cur >= files && ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

TEST_CASE("Connections beyond the limit are closed, the others go on") {
  if (!may_open(2 * max_connections + 100)) {
    WARN("skipped: the limit of open files is too low");
    return;
  }
  Running running;
  PortClient first{running.port()};
  CHECK(first.call(queues()).has_queues());
  boost::asio::io_context io;
  std::vector<boost::asio::ip::tcp::socket> others;
  for (std::size_t i = 1; i != max_connections; ++i)
    others.emplace_back(io).connect({boost::asio::ip::address_v4::loopback(), running.port()});
  PortClient beyond{running.port()};
  CHECK_FALSE(beyond.receive());
  CHECK(first.call(queues()).has_queues());
}

}  // namespace
}  // namespace torntape::service
