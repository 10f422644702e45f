// Who may do what: tokens, certificates, queues, rates.
#include "router/service/guard.hpp"

#include <catch2/catch.hpp>

#include "router/service/caller.hpp"
#include "router/service/permission.hpp"
#include "router/service/visitors.hpp"
#include "sample.hpp"

namespace torntape::service {
namespace {

using std::chrono::milliseconds;

GuardedClient client(std::string name, std::string_view token, std::vector<Verb> may,
                     std::vector<std::string> queues = {}) {
  return {.name = std::move(name),
          .token = digest_of(token),
          .certificate = {},
          .may = std::move(may),
          .queues = std::move(queues)};
}

std::shared_ptr<Guard const> guard_of(std::vector<GuardedClient> clients) {
  auto guard = std::make_shared<Guard>();
  guard->clients = std::move(clients);
  return guard;
}

v1::Reason reason(Caller::Refused const& refused) {
  return refused ? refused->reason() : v1::REASON_UNSPECIFIED;
}

TEST_CASE("A pattern fits the whole of a name") {
  CHECK(fits_pattern("RUEHC", "RUEHC"));
  CHECK_FALSE(fits_pattern("RUEH", "RUEHC"));
  CHECK_FALSE(fits_pattern("RUEHC", "RUEH"));
  CHECK(fits_pattern("RUEH*", "RUEHC"));
  CHECK(fits_pattern("*", ""));
  CHECK(fits_pattern("circuit *", "circuit XR"));
  CHECK(fits_pattern("R?EHC", "RUEHC"));
  CHECK_FALSE(fits_pattern("R?EHC", "REHC"));
  CHECK(fits_pattern("*A*B", "xAxAyB"));
  CHECK_FALSE(fits_pattern("*A*B", "xAxAyBz"));
}

TEST_CASE("A digest is read as it is printed, and as nothing else") {
  auto const digest = digest_of("abc");
  CHECK(to_string(digest) == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(read_digest(to_string(digest)) == digest);
  for (auto const* const wrong :
       {"", "sha256:", "sha256:ba", "md5:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0"})
    CHECK_FALSE(read_digest(wrong));
}

TEST_CASE("An allowance is spent at once, and comes back with time") {
  Allowance allowance;
  Allowance::Time now{};
  CHECK(allowance.take(2, now));
  CHECK(allowance.take(2, now));
  CHECK_FALSE(allowance.take(2, now));
  now += milliseconds{500};
  CHECK(allowance.take(2, now));
  CHECK_FALSE(allowance.take(2, now));
  now += std::chrono::hours{1};  // no more than was there at first
  CHECK(allowance.take(2, now));
  CHECK(allowance.take(2, now));
  CHECK_FALSE(allowance.take(2, now));
}

TEST_CASE("An address has so many connections; loopback is not counted") {
  using boost::asio::ip::make_address;
  Visitors visitors{2};
  auto const one = make_address("192.0.2.1"), other = make_address("192.0.2.2");
  CHECK(visitors.enter(one));
  CHECK(visitors.enter(one));
  CHECK_FALSE(visitors.enter(one));
  CHECK(visitors.enter(other));
  visitors.leave(one);
  CHECK(visitors.enter(one));
  for (int i = 0; i != 5; ++i) CHECK(visitors.enter(make_address("127.0.0.1")));
}

TEST_CASE("Without a guard everybody may everything") {
  GuardInForce in_force;
  Caller caller{in_force, {}};
  CHECK_FALSE(caller.guarded());
  CHECK_FALSE(caller.known());
  CHECK_FALSE(caller.may(Verb::operate, "circuit XR"));
  CHECK(caller.has_all_queues());
  CHECK(caller.show("whatever"));
}

TEST_CASE("With a guard nobody may anything who is not in it") {
  GuardInForce in_force;
  in_force.replace(guard_of({client("reader", "secret", {Verb::look, Verb::collect}, {"RUEH*"})}));
  Caller caller{in_force, {}};
  CHECK(reason(caller.known()) == v1::REASON_UNAUTHENTICATED);
  CHECK(reason(caller.may(Verb::look)) == v1::REASON_UNAUTHENTICATED);
  CHECK_FALSE(caller.show("Secret"));
  CHECK(reason(caller.known()) == v1::REASON_UNAUTHENTICATED);
  REQUIRE(caller.show("secret"));
  CHECK(caller.name() == "reader");
  CHECK_FALSE(caller.may(Verb::collect, "RUEHC"));
  CHECK(reason(caller.may(Verb::collect, "RTAAWB")) == v1::REASON_FORBIDDEN);
  CHECK(reason(caller.may(Verb::file)) == v1::REASON_FORBIDDEN);
  CHECK(reason(caller.may_with_all_queues(Verb::look)) == v1::REASON_FORBIDDEN);
}

TEST_CASE("A certificate is a credential by any of its names; a token shown outranks it") {
  GuardInForce in_force;
  auto by_certificate = client("machine", "", {Verb::file});
  by_certificate.token.reset();
  by_certificate.certificate = "machine.example.net";
  in_force.replace(guard_of({by_certificate, client("reader", "secret", {Verb::look}, {"*"})}));
  Caller machine{in_force, {"other.example.net", "Machine.Example.NET"}};
  CHECK(machine.name() == "machine");
  Caller nobody{in_force, {"machine.example.net.example.org"}};
  CHECK(reason(nobody.known()) == v1::REASON_UNAUTHENTICATED);
  REQUIRE(machine.show("secret"));
  CHECK(machine.name() == "reader");
  CHECK_FALSE(machine.show("wrong"));  // and does not fall back on the certificate
  CHECK(reason(machine.known()) == v1::REASON_UNAUTHENTICATED);
}

TEST_CASE("Who is not in another guard is out at the next request") {
  GuardInForce in_force;
  in_force.replace(guard_of({client("reader", "secret", {Verb::look}, {"*"})}));
  Caller caller{in_force, {}};
  REQUIRE(caller.show("secret"));
  in_force.replace(guard_of({client("reader", "secret", {Verb::file})}));
  CHECK(reason(caller.may(Verb::look)) == v1::REASON_FORBIDDEN);
  in_force.replace(guard_of({client("reader", "another", {Verb::look}, {"*"})}));
  CHECK(reason(caller.may(Verb::look)) == v1::REASON_UNAUTHENTICATED);
}

TEST_CASE("A client beyond its rate is asked to come again, whatever connections it has") {
  GuardInForce in_force;
  auto limited = client("limited", "secret", {Verb::look}, {"*"});
  limited.rate = 1;
  in_force.replace(guard_of({limited}));
  Caller first{in_force, {}}, second{in_force, {}};
  REQUIRE(first.show("secret"));
  REQUIRE(second.show("secret"));
  CHECK_FALSE(first.admitted());
  // However fast or slow this runs, of very many requests at once most are too many.
  int refused = 0;
  for (int i = 0; i != 1'000; ++i) refused += second.admitted() ? 1 : 0;
  CHECK(refused > 0);
  CHECK(reason(second.known()) == v1::REASON_UNSPECIFIED);
}

TEST_CASE("A copy is settled by whose its queue is, and a message looked at by who has a copy") {
  GuardInForce in_force;
  in_force.replace(guard_of({client("reader", "secret", {Verb::look, Verb::collect}, {"RUEHC"})}));
  Caller caller{in_force, {}};
  REQUIRE(caller.show("secret"));
  store::MemoryStore store;
  relay::Envelope envelope{.number = 1, .identity = {}, .copies = {{.queue = "RUEHC"}, {.queue = "RUEHKO"}}};
  relay::Accepted accepted{};
  accepted.envelope = envelope;
  accepted.message = std::make_shared<grammar::Received const>(std::string{"a message"});
  std::vector<relay::Record> const records{accepted};
  REQUIRE_FALSE(store.commit(records));
  std::vector<relay::CopyId> const own{{1, 0}}, both{{1, 0}, {1, 1}}, none{{2, 0}}, beyond{{1, 7}};
  CHECK_FALSE(may_settle(caller, store, own));
  CHECK(reason(may_settle(caller, store, both)) == v1::REASON_FORBIDDEN);
  CHECK(reason(may_settle(caller, store, none)) == v1::REASON_NOT_FOUND);
  CHECK(reason(may_settle(caller, store, beyond)) == v1::REASON_NOT_FOUND);
  CHECK_FALSE(may_look_at(caller, envelope));
  envelope.copies = {{.queue = "RUEHKO"}};
  CHECK(reason(may_look_at(caller, envelope)) == v1::REASON_FORBIDDEN);
  Queues all{.queues = {{.name = "RUEHC", .lanes = {}, .oldest = {}},
                        {.name = "RUEHKO", .lanes = {}, .oldest = {}}}};
  auto const theirs = queues_of(caller, all);
  REQUIRE(theirs.queues.size() == 1);
  CHECK(theirs.queues[0].name == "RUEHC");
}

}  // namespace
}  // namespace torntape::service
