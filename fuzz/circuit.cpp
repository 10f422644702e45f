// Bytes on a circuit, whatever they are and however they are cut: the same transmissions come out, each is
// dealt with, and nothing that is accepted is lost, called twice or changed, also over a restart.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "directory/network_file.hpp"
#include "fuzz/require.hpp"
#include "grammar/circuit_framing.hpp"
#include "router/relay/relay.hpp"
#include "router/relay/service_message.hpp"
#include "router/relay/transmission.hpp"
#include "validator/checker.hpp"
#include "validator/relay_lines.hpp"

using torntape::fuzz::require;
namespace directory = torntape::directory;
namespace grammar = torntape::grammar;
namespace network = torntape::network;
namespace relay = torntape::relay;
namespace validator = torntape::validator;

namespace {

// RTAA in the middle: stations, a collective and a circuit to go on by.
constexpr char const* network_file = R"(
[network]
name = "fuzz"
[[relay]]
indicator = "RTAA"
name = "ALFA"
[[relay]]
indicator = "RTCA"
name = "CHARLIE"
[[relay]]
indicator = "RTEA"
name = "ECHO"
prefixes = ["RUEH"]
[[station]]
indicator = "RUEHC"
name = "SECSTATE WASHDC"
relay = "RTAA"
[[station]]
indicator = "RUEAIIA"
name = "CIA WASHDC"
relay = "RTAA"
cleared_to = "unclassified"
[[station]]
indicator = "RUEHTA"
name = "AMEMBASSY ASTANA"
relay = "RTCA"
[[collective]]
indicator = "RUCNCIS"
title = "CIS COLLECTIVE"
owner = "RTAA"
members = ["RUEHC", "RUEAIIA", "RUEHTA"]
[[circuit]]
name = "AC"
ends = ["RTAA", "RTCA"]
channels = ["ACO", "ACI"]
bits_per_second = 75
approved_to = "secret"
[[circuit]]
name = "XR"
ends = ["RTAA", "RTEA"]
channels = ["XRO", "XRI"]
bits_per_second = 75
approved_to = "confidential"
)";

struct House {
  std::shared_ptr<directory::Directory const> directory;
  std::shared_ptr<network::Routes const> routes;
};

House const& house() {
  static House const house = [] {
    auto file = directory::read_network(network_file);
    for (auto const& each : file.diagnostics) std::fprintf(stderr, "%s\n", each.message.c_str());
    require(file.directory != nullptr, "the network of this fuzzer can be read");
    std::shared_ptr<directory::Directory const> const found = std::move(file.directory);
    return House{found, std::make_shared<network::Routes const>(found)};
  }();
  return house;
}

constexpr relay::Now now{relay::Duration{1'764'000'000'000}};
constexpr std::size_t most = 4'096;  // bytes of a transmission

std::vector<std::string> transmissions(grammar::View stream, std::size_t seed, bool cut) {
  std::vector<std::string> all;
  grammar::CircuitFramer framer{{.alphabet = grammar::Alphabet::text, .most = most}};
  while (!stream.empty()) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    auto const block = cut ? std::min<std::size_t>(stream.size(), 1 + (seed >> 33U) % 64) : stream.size();
    framer.feed(stream.substr(0, block));
    stream.remove_prefix(block);
    while (auto const frame = framer.next()) all.emplace_back(frame->bytes);
  }
  return all;
}

relay::Digest digest_of(std::string_view text) {
  relay::Digest digest{};
  std::uint64_t hash = 14695981039346656037U;
  for (auto const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  std::memcpy(digest.data(), &hash, sizeof hash);
  return digest;
}

bool says(relay::Outcome const& outcome, std::string_view word) {
  return std::ranges::any_of(outcome.then, [&](auto const& action) {
    auto const* const alarm = std::get_if<relay::Alarm>(&action);
    return alarm != nullptr && alarm->message.find(word) != std::string::npos;
  });
}

// What a message that was accepted owes: nobody is called twice, and its text is as it came.
std::size_t look_at(relay::Accepted const& accepted, std::string_view text, bool arrived) {
  auto const& envelope = accepted.envelope;
  require(!envelope.copies.empty(), "what is accepted has a copy");
  if (arrived) require(accepted.message->bytes() == text, "the text is kept as it came");
  std::multiset<std::string> called;
  for (auto const& copy : envelope.copies) {
    require(copy.queue != relay::intercept_queue || !copy.reason.empty(), "an intercepted copy says why");
    if (copy.called.empty()) called.insert(copy.queue);
    called.insert(copy.called.begin(), copy.called.end());
  }
  require(std::ranges::adjacent_find(called) == called.end(), "nobody is called twice by one message");
  return envelope.copies.size();
}

std::size_t waiting(relay::Relay const& relay) {
  std::size_t sum = 0;
  for (auto const& queue : relay.queues())
    for (auto const& lane : queue.lanes) sum += lane.waiting + lane.handed_out;
  return sum;
}

class Circuit {
 public:
  Circuit() { handle(relay::CircuitUp{"AC", 1}); }

  void arrives(std::string const& text) {
    auto message = std::make_shared<grammar::Received const>(text);
    auto fault = validator::fault_for_a_relay(message->message(), checker_.check(message->message()));
    auto const outcome = handle(relay::Arrived{.ticket = 7,
                                               .circuit = "AC",
                                               .message = message,
                                               .digest = digest_of(text),
                                               .fault = std::move(fault)});
    auto const answers = std::ranges::count_if(outcome.then, [](auto const& action) {
      auto const* const done = std::get_if<relay::Done>(&action);
      return done != nullptr && done->ticket == 7;
    });
    require(answers == 1, "what arrives is answered once");
    bool accepted = false;
    for (auto const& record : outcome.commit) {
      auto const* const one = std::get_if<relay::Accepted>(&record);
      if (one == nullptr) continue;
      copies_ += look_at(*one, text, !accepted);
      accepted = true;
    }
    auto const service = relay::read_direct(message->message(), "RTCA", "RTAA");
    bool const for_the_relay = service && !std::holds_alternative<relay::ForTheOperator>(*service);
    require(accepted || for_the_relay || relay::cancelled(message->message()) || says(outcome, "(RT-33)"),
            "what arrives is accepted, acted on, cancelled or a duplicate");
  }

  void all_is_there() const {
    require(waiting(relay_) == copies_, "no copy is lost, and none made up");
    relay::Relay again{house().routes, "RTAA"};
    for (auto const& record : records_) again.apply(record);
    require(waiting(again) == copies_, "nor over a restart");
  }

 private:
  relay::Outcome handle(relay::Event const& event) {
    relay::Outcome outcome;
    relay_.handle(event, now, outcome);
    for (auto const& record : outcome.commit) {
      records_.push_back(record);
      if (auto* const accepted = std::get_if<relay::Accepted>(&records_.back())) accepted->message = nullptr;
    }
    return outcome;
  }

  relay::Relay relay_{house().routes, "RTAA"};
  validator::Checker checker_{{}, house().directory};
  std::vector<relay::Record> records_;
  std::size_t copies_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  grammar::View const stream(reinterpret_cast<char const*>(data + 1), size - 1);
  auto const whole = transmissions(stream, 0, false);
  require(transmissions(stream, data[0], true) == whole, "the same transmissions, cut anyhow");
  Circuit circuit;
  for (auto const& text : whole) circuit.arrives(text);
  circuit.all_is_there();
  return 0;
}
