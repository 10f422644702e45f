// Credit, and the copies that are sent while there is some.
#include "router/service/subscription.hpp"

#include <optional>
#include <thread>

#include <catch2/catch.hpp>

#include "port_client.hpp"
#include "router/service/service.hpp"
#include "sample.hpp"

namespace torntape::service {
namespace {

using sample::PortClient;
using std::chrono::seconds;

std::vector<relay::CopyId> copies(std::vector<std::uint16_t> const& numbers) {
  std::vector<relay::CopyId> out;
  for (auto const number : numbers) out.push_back({1, number});
  return out;
}

TEST_CASE("Credit is what is not out") {
  Subscription subscription{3, seconds{60}};
  Subscription::Time const now{};
  CHECK(subscription.wanted(now) == 3);
  CHECK_FALSE(subscription.next_end());
  subscription.sent(copies({0, 1}), now);
  CHECK(subscription.wanted(now) == 1);
  subscription.sent(copies({2}), now + seconds{10});
  CHECK(subscription.wanted(now + seconds{10}) == 0);
  CHECK(subscription.back(copies({1})));
  CHECK_FALSE(subscription.back(copies({1})));  // once
  CHECK_FALSE(subscription.back(copies({7})));  // never out
  CHECK(subscription.wanted(now + seconds{10}) == 1);
}

TEST_CASE("A lease that ends gives its credit back") {
  Subscription subscription{2, seconds{60}};
  Subscription::Time const now{};
  subscription.sent(copies({0}), now);
  subscription.sent(copies({1}), now + seconds{10});
  CHECK(subscription.next_end() == now + seconds{60});
  CHECK(subscription.wanted(now + seconds{59}) == 0);
  CHECK(subscription.wanted(now + seconds{60}) == 1);
  CHECK(subscription.next_end() == now + seconds{70});
  CHECK(subscription.wanted(now + seconds{70}) == 2);
  CHECK_FALSE(subscription.next_end());
}

// An open switch in memory.
class Running {
 public:
  Running() : house_{Site{}, std::make_unique<store::MemoryStore>()} {
    if (auto const failure = house_.start()) throw std::runtime_error(failure->message);
    service_.emplace(house_, nullptr);  // only now: it watches what the switch commits
    port_ = std::get<Endpoint>(service_->listen_protobuf({"127.0.0.1", 0})).port;
    thread_ = std::thread{[this] { static_cast<void>(service_->run()); }};
  }
  ~Running() { stop(); }
  Running(Running const&) = delete;
  Running& operator=(Running const&) = delete;

  void stop() {
    service_->stop();
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  Switch house_;
  std::optional<Service> service_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

void submit(PortClient& client, unsigned serial) {
  v1::Request request;
  request.mutable_submit()->set_text(sample::message(serial));
  REQUIRE(client.call(request).has_submit());
}

v1::Request subscribe(std::uint32_t credit) {
  v1::Request request;
  request.set_id(7);
  request.mutable_subscribe()->set_queue("RUEHC");
  request.mutable_subscribe()->set_credit(credit);
  return request;
}

// As many copies as come, up to `most`.
std::vector<v1::Copy> sent(PortClient& client, std::size_t most) {
  std::vector<v1::Copy> out;
  while (out.size() < most) {
    auto const response = client.receive();
    if (!response) throw std::runtime_error("the connection has ended");
    if (!response->has_collect()) continue;  // an answer to something else
    CHECK(response->id() == 7);
    for (auto const& copy : response->collect().copies()) out.push_back(copy);
  }
  return out;
}

std::uint64_t waiting(PortClient& client) {
  v1::Request request;
  request.mutable_queues()->set_queue("RUEHC");
  auto const response = client.call(request);
  std::uint64_t sum = 0;
  for (auto const& queue : response.queues().queues())
    for (auto const& depth : queue.depths()) sum += depth.waiting();
  return sum;
}

TEST_CASE("Copies are sent as they come, as many as there is credit, and more when some come back") {
  Running running;
  PortClient reader{running.port()}, other{running.port()};
  for (unsigned serial = 2001; serial != 2006; ++serial) submit(other, serial);
  auto const granted = reader.call(subscribe(2));
  CHECK(granted.id() == 7);
  CHECK(granted.subscribe().credit() == 2);
  auto first = sent(reader, 2);
  CHECK(first.size() == 2);
  CHECK(waiting(other) == 3);  // there is no credit for them
  v1::Request back;
  back.set_id(8);
  back.mutable_acknowledge()->add_copy_ids(first[0].id());
  reader.send(back);
  auto const second = sent(reader, 1);
  CHECK(second.size() == 1);
  CHECK(waiting(other) == 2);
  back.clear_acknowledge();
  back.mutable_release()->add_copy_ids(first[1].id());
  reader.send(back);
  auto const again = sent(reader, 1);  // the one that was released is first in its queue
  CHECK(again[0].id() == first[1].id());
  CHECK(again[0].suspected_duplicate());
}

TEST_CASE("A subscription that waits is sent what comes later") {
  Running running;
  PortClient reader{running.port()}, other{running.port()};
  REQUIRE(reader.call(subscribe(0)).subscribe().credit() == 100);
  submit(other, 2001);
  CHECK(sent(reader, 1).size() == 1);
  submit(other, 2002);
  CHECK(sent(reader, 1).size() == 1);
}

TEST_CASE("What a subscriber that goes away had not acknowledged waits again") {
  Running running;
  PortClient other{running.port()};
  submit(other, 2001);
  {
    PortClient reader{running.port()};
    reader.send(subscribe(5));
    CHECK(sent(reader, 1).size() == 1);
  }
  PortClient next{running.port()};
  next.send(subscribe(5));
  auto const again = sent(next, 1);
  CHECK(again[0].suspected_duplicate());
}

TEST_CASE("A switch that stops ends its subscriptions") {
  Running running;
  PortClient reader{running.port()};
  REQUIRE(reader.call(subscribe(5)).has_subscribe());
  running.stop();
  while (auto const response = reader.receive()) CHECK(response->collect().copies().empty());
}

TEST_CASE("A subscription asks for nothing that there is not") {
  Running running;
  PortClient reader{running.port()};
  auto request = subscribe(5);
  request.mutable_subscribe()->mutable_lease()->set_seconds(7'200);
  CHECK(reader.call(request).refusal().reason() == v1::REASON_MALFORMED);
}

}  // namespace
}  // namespace torntape::service
