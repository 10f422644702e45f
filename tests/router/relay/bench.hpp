// A relay on scripted circuits and a clock that the test turns by hand.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "router/relay/circuits.hpp"
#include "router/relay/relay.hpp"
#include "router/relay/transmission.hpp"
#include "tests/router/relay/support.hpp"

namespace torntape::relay::testing {

namespace relay = torntape::relay;
using Lines = std::vector<std::string>;
// A relay of the demo network: RTAA has the circuits AB, AC, AD, AF, XR.
class Bench {
 public:
  explicit Bench(std::string here = "RTAA", relay::Limits limits = {})
      : routes_(routes_of("demo.toml")),
        here_(std::move(here)),
        limits_(limits),
        relay_(routes_, here_, limits_) {}

  void handle(relay::Event const& event) {
    relay::Outcome outcome;
    relay_.handle(event, now, outcome);
    for (auto const& record : outcome.commit) {
      committed.push_back(record);
      keep(messages, record);
    }
    for (auto& action : outcome.then) done.push_back(std::move(action));
  }
  // Drops what it has done so far.
  Bench& after(relay::Event const& event) {
    done.clear();
    handle(event);
    return *this;
  }
  void restart() {
    relay_ = relay::Relay(routes_, here_, limits_);
    for (auto const& record : relay::testing::as_stored(committed)) relay_.apply(record);
    done.clear();
  }
  // Connects a circuit and lets the far end tell the number it has heard.
  void open(std::string const& circuit, relay::LineId line, relay::ChannelNumber told = 0) {
    handle(relay::CircuitUp{circuit, line});
    handle(sent());
    arrives(circuit, "ZID " + relay::identification(channel_out(circuit), told));
    done.clear();
  }
  // A service message of the far end, under the next number.
  void arrives(std::string const& circuit, std::string const& text) {
    handle(arrived(circuit, "PP " + here_ + "\nDE " + far_end(circuit) + " 3291200\n" + text + "\nNNNN\n"));
  }
  // A transmission under the next number, or the one given.
  relay::Arrived arrived(std::string const& circuit, std::string const& from_fl2,
                         std::optional<relay::ChannelNumber> number = {}) {
    auto const under = number.value_or(static_cast<relay::ChannelNumber>(heard_[circuit] + 1));
    heard_[circuit] = std::max(heard_[circuit], under);
    auto text = "VZCZC" + relay::identification(channel_in(circuit), under) + "\n" + from_fl2;
    relay::Arrived arrived{.ticket = 9,
                           .circuit = circuit,
                           .message = received(text),
                           .digest = relay::testing::digest_of(text),
                           .fault = {}};
    return arrived;
  }
  // The last transmission ordered has left.
  relay::Sent sent() const { return {last().circuit, last().line, last().number}; }

  template <class Action>
  std::vector<Action> all() const {
    std::vector<Action> found;
    for (auto const& action : done)
      if (auto const* const one = std::get_if<Action>(&action)) found.push_back(*one);
    return found;
  }
  relay::Send last() const {
    auto const sends = all<relay::Send>();
    REQUIRE_FALSE(sends.empty());
    return sends.back();
  }
  // "XRO0003 1-0": what was ordered, a line each; a service message by its text.
  Lines ordered() const {
    Lines lines;
    for (auto const& send : all<relay::Send>()) {
      auto line = send.identification + " ";
      if (send.copy.message == 0) {
        auto const text = send.service.substr(send.service.find('\n', send.service.find("\nDE") + 1) + 1);
        line += text.substr(0, text.find('\n'));
      } else {
        line += to_string(send.copy);
      }
      if (!send.sent_before_as.empty()) line += " before " + send.sent_before_as;
      lines.push_back(line);
    }
    return lines;
  }
  std::string text(relay::Send const& send) const {
    auto const& accepted = messages.at(send.copy.message);
    auto const& copy = accepted.envelope.copies.at(send.copy.copy);
    return relay::transmission(
        {send.identification, copy.precedence, copy.called, here_, send.sent_before_as, copy.rerouted},
        accepted.message->message());
  }
  Lines alarms() const {
    Lines lines;
    for (auto const& alarm : all<relay::Alarm>()) lines.push_back(alarm.message);
    return lines;
  }
  std::string waiting(std::string_view queue) {
    auto const depth = relay_.queue(queue);
    std::size_t waiting = 0, out = 0;
    if (depth)
      for (auto const& lane : depth->lanes) waiting += lane.waiting, out += lane.handed_out;
    return fmt::format("{}+{}", waiting, out);
  }
  relay::Relay* operator->() { return &relay_; }
  [[nodiscard]] std::shared_ptr<network::Routes const> const& routes() const { return routes_; }
  // At the next restart.
  void use(std::shared_ptr<network::Routes const> routes) { routes_ = std::move(routes); }

  relay::Now now{relay::Duration(1'764'000'000'000)};  // day 328 of 2025
  std::vector<relay::Record> committed;
  std::vector<relay::Action> done;
  Messages messages;

 private:
  [[nodiscard]] torntape::directory::Circuit const& circuit(std::string_view name) const {
    auto const& circuits = routes_->directory().network().circuits;
    return *std::ranges::find(circuits, name, &torntape::directory::Circuit::name);
  }
  [[nodiscard]] std::string channel_out(std::string_view name) const {
    return std::string(network::sending_channel(circuit(name), here_));
  }
  [[nodiscard]] std::string far_end(std::string_view name) const {
    return std::string(network::far_end(circuit(name), here_));
  }
  [[nodiscard]] std::string channel_in(std::string_view name) const {
    return std::string(network::sending_channel(circuit(name), far_end(name)));
  }

  std::shared_ptr<network::Routes const> routes_;
  std::string here_;
  relay::Limits limits_;
  relay::Relay relay_;
  std::map<std::string, relay::ChannelNumber> heard_;
};

// From FL2 on; RTEA's RUEHBI by default, RTCA's RUEHTA the originator.
inline std::string message(int serial, std::string const& precedence = "R",
                           std::string const& called = "RUEHBI", std::size_t padding = 0) {
  auto const text = text_of({.serial = serial,
                             .to = called + "/SOMEBODY",
                             .info = {},
                             .exempted = {},
                             .warning = "ZNY CCCCC",
                             .precedence = precedence,
                             .text = "TEXT" + std::string(padding, '\n')});
  auto const body = text.substr(text.find("DE RUEHTA"));
  return precedence + precedence + " " + called + "\n" + body;
}
inline relay::Filed filed_here(int serial, std::string const& precedence = "R", std::size_t padding = 0) {
  return filed(1, "VZCZCTAI0001\n" + message(serial, precedence, "RUEHBI", padding));
}

// Another network takes the place of this one.
template <class Change>
relay::NetworkChanged changed(network::Routes const& routes, Change const& change) {
  auto network = routes.directory().network();
  change(network);
  auto directory = std::make_shared<directory::Directory const>(std::move(network));
  return {7, std::make_shared<network::Routes const>(std::move(directory))};
}

}  // namespace torntape::relay::testing
