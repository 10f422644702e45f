// A whole network of relays on a virtual clock: lines break, relays crash and come back with what they had
// committed, and still every message gets to every station it is for (RT-90).
#include <deque>
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "router/relay/relay.hpp"
#include "router/relay/transmission.hpp"
#include "tests/router/relay/support.hpp"

namespace relay = torntape::relay;
namespace network = torntape::network;
using relay::testing::received;
using relay::testing::routes_of;

namespace {

using Random = std::mt19937;

class Network {
 public:
  Network(std::string_view fixture, unsigned seed) : routes_(routes_of(fixture)), random_(seed) {
    limits_.outage = relay::Duration(30'000);
    limits_.backlog = 3;
    for (auto const& each : routes_->directory().network().relays)
      sites_.emplace(each.indicator, Site{relay::Relay(routes_, each.indicator, limits_), {}, {}});
    for (auto const& circuit : routes_->directory().network().circuits) lines_[circuit.name] = {};
    auto smaller = routes_->directory().network();
    std::erase_if(smaller.circuits, [](auto const& circuit) { return circuit.name == "XR"; });
    others_ = std::make_shared<network::Routes const>(
        std::make_shared<torntape::directory::Directory const>(std::move(smaller)));
    circuits_ = routes_->directory().network().circuits;
  }

  void file(std::string const& at, std::string text) {
    handle(at, relay::Filed{1, received(text), relay::testing::digest_of(text)});
  }
  // Something happens: a line comes or breaks, an operator closes or opens an end of it, a relay crashes, a
  // transmission gets there, time passes.
  void stir() {
    switch (pick(changing_ ? 20 : 22)) {
      case 0:
        return crash(any_site());
      case 1:
      case 2:
        return break_line(any_line());
      case 3:
      case 4:
        return connect(any_line());
      case 6:
        return changing_ ? change() : close(any_line());
      case 7:
        return changing_ ? change() : open(any_line());
      case 5:
        return pass(relay::Duration(pick(20'000)));
      default:
        return move(any_line());
    }
  }
  // The line breaks, and does not come back.
  void cut(std::string const& name) {
    cut_.insert(name);
    break_line(name);
    pass(limits_.outage);
  }
  // At the end of it where the relay stands; else at either.
  void close(std::string const& name, std::string const& at = {}) { operate<relay::CircuitClosed>(name, at); }
  void open(std::string const& name, std::string const& at = {}) { operate<relay::CircuitOpened>(name, at); }
  // From one network to the other at once everywhere: with circuit XR, and without.
  void change() {
    std::swap(routes_, others_);
    for (auto& [name, site] : sites_) handle(name, relay::NetworkChanged{4, routes_});
    break_line("XR");
  }
  // Nothing breaks any more, and all that is under way gets there.
  void settle() {
    settling_ = true;
    if (!all_there()) change();
    for (auto const& [name, line] : lines_)
      if (!cut_.contains(name)) {
        open(name, circuit(name).first);
        open(name, circuit(name).second);
      }
    for (int quiet = 0; quiet < 3;) {
      for (auto& [name, line] : lines_) connect(name);
      bool moved = false;
      for (auto& [name, line] : lines_)
        while (!line.under_way.empty()) move(name), moved = true;
      pass(relay::Duration(200'000));
      quiet = moved ? 0 : quiet + 1;
    }
  }

  // What station queues hold, by message and station: how often, and how often unmarked.
  struct Found {
    int copies = 0, unmarked = 0;
  };
  std::map<std::pair<std::string, std::string>, Found> delivered() {
    std::map<std::pair<std::string, std::string>, Found> found;
    for (auto& [name, site] : sites_)
      for (auto const& queue : site.relay.queues()) {
        if (relay::is_circuit_queue(queue.name)) continue;
        // What comes round unmarked, because it was taken for lost, is an operator's (RT-62).
        if (queue.name == relay::intercept_queue) continue;
        for (auto const& copy : site.relay.peek(queue.name, 10'000, true, true)) {
          auto const& accepted = site.messages.at(copy.id.message);
          if (accepted.envelope.identity.empty()) continue;  // a service message for the operator
          auto& one = found[{accepted.envelope.identity, queue.name}];
          ++one.copies;
          if (!copy.suspected_duplicate) ++one.unmarked;
        }
      }
    return found;
  }
  // How many messages went over a circuit, either way.
  int moved_over(std::string const& name) { return moved_[name]; }
  // The network file changes now and then, and nothing goes round any circuit.
  void let_change() {
    changing_ = true;
    limits_.outage = relay::Duration(1'000'000'000);
    limits_.backlog = 1'000'000;
    for (auto& [name, site] : sites_) site.relay = relay::Relay(routes_, name, limits_);
  }
  std::size_t waiting_for_circuits() {
    std::size_t sum = 0;
    for (auto& [name, site] : sites_)
      for (auto const& queue : site.relay.queues())
        if (relay::is_circuit_queue(queue.name))
          for (auto const& lane : queue.lanes) sum += lane.waiting;
    return sum;
  }

 private:
  struct Site {
    relay::Relay relay;
    std::vector<relay::Record> committed;
    relay::testing::Messages messages;
  };
  struct InFlight {
    std::string from, text;
    relay::Sent sent;
    bool service = false;
  };
  struct Line {
    relay::LineId id = 0;  // 0: down
    std::deque<InFlight> under_way;
  };

  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }
  std::string any_site() {
    return std::next(sites_.begin(), static_cast<std::ptrdiff_t>(pick(sites_.size())))->first;
  }
  std::string any_line() {
    return std::next(lines_.begin(), static_cast<std::ptrdiff_t>(pick(lines_.size())))->first;
  }
  torntape::directory::Circuit const& circuit(std::string const& name) {
    return *std::ranges::find(circuits_, name, &torntape::directory::Circuit::name);
  }

  void handle(std::string const& at, relay::Event const& event) {
    auto& site = sites_.at(at);
    relay::Outcome outcome;
    site.relay.handle(event, now_, outcome);
    for (auto const& record : outcome.commit) {
      site.committed.push_back(record);
      relay::testing::keep(site.messages, record);
    }
    for (auto const& action : outcome.then)
      if (auto const* const send = std::get_if<relay::Send>(&action)) put_on_line(at, *send);
  }
  void put_on_line(std::string const& from, relay::Send const& send) {
    auto& line = lines_.at(send.circuit);
    if (line.id != send.line) return;
    auto text = "VZCZC" + send.identification + "\n" + send.service;
    if (send.copy.message != 0) {
      auto const& accepted = sites_.at(from).messages.at(send.copy.message);
      auto const& copy = accepted.envelope.copies.at(send.copy.copy);
      text = relay::transmission(
          {send.identification, copy.precedence, copy.called, from, send.sent_before_as, copy.rerouted},
          accepted.message->message());
    }
    line.under_way.push_back(
        {from, std::move(text), {send.circuit, send.line, send.number}, send.copy.message == 0});
  }
  // The first transmission on a line gets there; whether its sender learns that it left is another matter.
  void move(std::string const& name) {
    auto& line = lines_.at(name);
    if (line.under_way.empty()) return;
    auto const first = std::move(line.under_way.front());
    line.under_way.pop_front();
    auto const to = std::string(network::far_end(circuit(name), first.from));
    bool const heard_of = pick(10) != 0 || settling_;
    if (heard_of) handle(first.from, first.sent);
    if (!first.service) ++moved_[name];
    handle(to, relay::Arrived{2, name, received(first.text), relay::testing::digest_of(first.text), {}});
    if (!heard_of) break_line(name);
  }
  void connect(std::string const& name) {
    auto& line = lines_.at(name);
    if (line.id != 0 || cut_.contains(name) || (name == "XR" && !all_there())) return;
    line.id = ++last_line_;
    handle(circuit(name).first, relay::CircuitUp{name, line.id});
    handle(circuit(name).second, relay::CircuitUp{name, line.id});
  }
  void break_line(std::string const& name) {
    auto& line = lines_.at(name);
    if (line.id == 0) return;
    auto const id = std::exchange(line.id, 0);
    line.under_way.clear();
    handle(circuit(name).first, relay::CircuitDown{name, id});
    handle(circuit(name).second, relay::CircuitDown{name, id});
  }
  template <class What>
  void operate(std::string const& name, std::string const& at) {
    auto const& ends = circuit(name);
    auto const& where = !at.empty() ? at : pick(2) == 0 ? ends.first : ends.second;
    handle(where, What{3, name});
  }
  void crash(std::string const& name) {
    auto& site = sites_.at(name);
    site.relay = relay::Relay(routes_, name, limits_);
    for (auto const& record : relay::testing::as_stored(site.committed)) site.relay.apply(record);
    for (auto& [line, state] : lines_)
      if (circuit(line).first == name || circuit(line).second == name) break_line(line);
  }
  void pass(relay::Duration time) {
    now_ += time;
    for (auto& [name, site] : sites_)
      if (site.relay.wake_at() && *site.relay.wake_at() <= now_) handle(name, relay::Tick{});
  }

  [[nodiscard]] bool all_there() const {
    return routes_->directory().network().circuits.size() == circuits_.size();
  }

  std::shared_ptr<network::Routes const> routes_, others_;
  std::vector<torntape::directory::Circuit> circuits_;
  Random random_;
  relay::Limits limits_;
  std::map<std::string, Site> sites_;
  std::map<std::string, Line> lines_;
  relay::LineId last_line_ = 0;
  relay::Now now_{relay::Duration(1'764'000'000'000)};
  std::set<std::string> cut_;         // lines that do not come back
  std::map<std::string, int> moved_;  // messages, by circuit
  bool settling_ = false;             // nothing breaks any more
  bool changing_ = false;
};

std::string seed_of(int serial) {
  auto text = relay::testing::seed_text();
  auto const digits = fmt::format("{:04}", serial);
  for (auto at = text.find("#1399"); at != std::string::npos; at = text.find("#1399", at + 1))
    text.replace(at + 1, 4, digits);
  return text;
}

}  // namespace

TEST_CASE("the seed filed at RTCA gets to all 31 stations of the network, once each") {
  Network network("demo.toml", 1);
  network.file("RTCA", seed_of(1399));
  network.settle();
  auto const delivered = network.delivered();
  CHECK(delivered.size() == 31);
  for (auto const& [where, found] : delivered) {
    INFO(where.second);
    CHECK(found.copies == 1);
    CHECK(found.unmarked == 1);
  }
  CHECK(network.waiting_for_circuits() == 0);
}

TEST_CASE("with a circuit out its traffic goes round it, and gets to all 31 stations once each") {
  auto const gone = GENERATE(as<std::string>{}, "XR", "AB", "AC");
  INFO(gone << " is out");
  Network network("demo.toml", 1);
  network.cut(gone);
  network.file("RTDA", seed_of(1399));
  network.file("RTEA", seed_of(1400));
  network.settle();
  auto const delivered = network.delivered();
  for (auto const& [where, found] : delivered) {
    INFO(where.first << " at " << where.second);
    CHECK(found.copies == 1);
    CHECK(found.unmarked == 1);
  }
  CHECK(network.moved_over(gone) == 0);
  CHECK(network.waiting_for_circuits() == 0);
  CHECK(delivered.size() == 62);
}

namespace {

// Messages are filed, and things happen in between; in the end every station has what it is to have.
void conserves(Network& network) {
  auto const messages = *rc::gen::inRange(1, 12);
  for (int serial = 1; serial <= messages; ++serial) {
    network.file(*rc::gen::element<std::string>("RTCA", "RTAA", "RTDA"), seed_of(serial));
    auto const steps = *rc::gen::inRange(0, 200);
    for (int i = 0; i < steps; ++i) network.stir();
  }
  network.settle();
  auto const delivered = network.delivered();
  for (auto const& [where, found] : delivered)
    if (found.unmarked > 1)
      RC_FAIL(fmt::format("{} at {}: {} unmarked", where.first, where.second, found.unmarked));
  RC_ASSERT(delivered.size() == static_cast<std::size_t>(messages) * 31);
  RC_ASSERT(network.waiting_for_circuits() == 0U);
}

}  // namespace

TEST_CASE("whatever breaks or is closed, every message gets to every station, and comes again only marked") {
  CHECK(rc::check("conservation", [] {
    Network network("demo.toml", *rc::gen::arbitrary<unsigned>());
    conserves(network);
  }));
}

TEST_CASE("the same with a network file that changes while they are on their way") {
  CHECK(rc::check("conservation", [] {
    Network network("demo.toml", *rc::gen::arbitrary<unsigned>());
    network.let_change();
    conserves(network);
  }));
}
