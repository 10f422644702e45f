// The Protobuf port of a switch with a guard.
#include "router/service/protobuf_session.hpp"

#include <optional>
#include <thread>

#include <catch2/catch.hpp>

#include "port_client.hpp"
#include "router/service/limits.hpp"
#include "router/service/service.hpp"
#include "sample.hpp"

namespace torntape::service {
namespace {

using sample::PortClient;

class Guarded {
 public:
  Guarded() : house_{Site{}, std::make_unique<store::MemoryStore>()} {
    if (auto const failure = house_.start()) throw std::runtime_error(failure->message);
    auto guard = std::make_shared<Guard>();
    guard->clients = {{.name = "filer",
                       .token = digest_of("secret"),
                       .certificate = {},
                       .may = {Verb::file},
                       .queues = {}}};
    service_.emplace(house_, nullptr);  // only now: it watches what the switch commits
    service_->guard(std::move(guard));
    port_ = std::get<Endpoint>(service_->listen_protobuf({"127.0.0.1", 0})).port;
    thread_ = std::thread{[this] { static_cast<void>(service_->run()); }};
  }
  ~Guarded() {
    service_->stop();
    thread_.join();
  }
  Guarded(Guarded const&) = delete;
  Guarded& operator=(Guarded const&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  Switch house_;
  std::optional<Service> service_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

v1::Request authenticate(std::string token) {
  v1::Request request;
  request.set_id(1);
  request.mutable_authenticate()->set_token(std::move(token));
  return request;
}

v1::Request submit() {
  v1::Request request;
  request.set_id(2);
  request.mutable_submit()->set_text(sample::message());
  return request;
}

TEST_CASE("Who calls a switch with a guard says first who they are") {
  Guarded guarded;
  PortClient client{guarded.port()};
  CHECK(client.call(submit()).refusal().reason() == v1::REASON_UNAUTHENTICATED);
  auto const known = client.call(authenticate("secret"));
  CHECK(known.id() == 1);
  CHECK(known.authenticate().name() == "filer");
  CHECK(client.call(submit()).submit().action_copies() == 1);
  v1::Request queues;
  queues.mutable_queues();
  CHECK(client.call(queues).refusal().reason() == v1::REASON_FORBIDDEN);
}

TEST_CASE("A connection that has shown a token says nothing of another") {
  Guarded guarded;
  PortClient known{guarded.port()}, unknown{guarded.port()};
  REQUIRE(known.call(authenticate("secret")).has_authenticate());
  CHECK(unknown.call(submit()).refusal().reason() == v1::REASON_UNAUTHENTICATED);
}

TEST_CASE("Who guesses tokens is cut off") {
  Guarded guarded;
  PortClient client{guarded.port()};
  for (unsigned i = 0; i != max_wrong_tokens; ++i)
    CHECK(client.call(authenticate("guess")).refusal().reason() == v1::REASON_UNAUTHENTICATED);
  client.send(authenticate("secret"));
  CHECK_FALSE(client.receive());
}

TEST_CASE("A switch without a guard takes any token, and knows nobody by it") {
  Switch house{Site{}, std::make_unique<store::MemoryStore>()};
  REQUIRE_FALSE(house.start());
  Service service{house, nullptr};
  auto const port = std::get<Endpoint>(service.listen_protobuf({"127.0.0.1", 0})).port;
  std::thread thread{[&service] { static_cast<void>(service.run()); }};
  {
    PortClient client{port};
    auto const response = client.call(authenticate("whatever"));
    CHECK(response.has_authenticate());
    CHECK(response.authenticate().name().empty());
  }
  service.stop();
  thread.join();
}

}  // namespace
}  // namespace torntape::service
