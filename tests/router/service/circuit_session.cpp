#include "router/service/circuit_session.hpp"

#include <memory>
#include <random>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "directory/network_file.hpp"
#include "line_client.hpp"
#include "port_client.hpp"
#include "router/network/routes.hpp"
#include "router/service/limits.hpp"
#include "router/service/service.hpp"
#include "sample.hpp"

namespace torntape::service {
namespace {

using sample::LineClient;
using sample::PortClient;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = 0;;) {
    auto const found = text.find(from, at);
    out += text.substr(at, found - at);
    if (found == std::string::npos) return out;
    out += to;
    at = found + from.size();
  }
}

// The demonstration network, its circuits at this speed.
std::shared_ptr<directory::Directory const> network(unsigned bits_per_second = 48'000) {
  auto const rate = "bits_per_second = " + std::to_string(bits_per_second);
  auto const text = replaced(sample::fixture("networks/demo.toml"), "bits_per_second = 1200", rate);
  auto file = directory::read_network(text);
  if (!file.directory) throw std::runtime_error("the network has errors");
  return file.directory;
}

// One relay of it with its ports, on threads.
class Running {
 public:
  explicit Running(std::string here, bool line_speed = false,
                   std::shared_ptr<directory::Directory const> directory = network())
      : house_{Site{.routes = std::make_shared<network::Routes const>(directory), .here = std::move(here)},
               std::make_unique<store::MemoryStore>()} {
    if (auto const failure = house_.start()) throw std::runtime_error(failure->message);
    service_ = std::make_unique<Service>(house_, std::move(directory), nullptr, line_speed);
    port_ = std::get<Endpoint>(service_->listen_protobuf({"127.0.0.1", 0})).port;
    circuits_ = std::get<Endpoint>(service_->listen_circuit({"127.0.0.1", 0}));
    thread_ = std::thread{[this] { ended_well_ = service_->run(); }};
  }
  ~Running() { stop(); }
  Running(Running const&) = delete;
  Running& operator=(Running const&) = delete;

  void stop() {
    service_->stop();
    if (thread_.joinable()) thread_.join();
  }
  void begin_stop() { service_->stop(); }
  [[nodiscard]] bool ended_well() const { return ended_well_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] Endpoint const& circuits() const { return circuits_; }
  void dial(std::string circuit, Endpoint const& far_end) {
    if (auto const failure = service_->dial(std::move(circuit), far_end))
      throw std::runtime_error(failure->message);
  }

 private:
  Switch house_;
  std::unique_ptr<Service> service_;
  std::uint16_t port_ = 0;
  Endpoint circuits_;
  bool ended_well_ = false;
  std::thread thread_;
};

void file(Running& running, std::string text) {
  v1::Request request;
  request.mutable_submit()->set_text(std::move(text));
  PortClient client{running.port()};
  auto const response = client.call(request);
  INFO(response.ShortDebugString());
  REQUIRE(response.has_submit());
}

// Waits for a first copy, as long as there is patience.
v1::CollectResponse collect(Running& running, std::string const& queue) {
  v1::Request request;
  request.mutable_collect()->set_queue(queue);
  request.mutable_collect()->set_max(10);
  request.mutable_collect()->mutable_wait()->set_seconds(60);
  PortClient client{running.port()};
  return client.call(request).collect();
}

// RTEA at the far end of XR, its count told and the relay's heard.
std::unique_ptr<LineClient> opened(Running& running, std::string const& channel = "XRI",
                                   std::string const& relay = "RTEA") {
  auto far_end = std::make_unique<LineClient>(running.circuits().port, channel, relay, "RTAA");
  far_end->say("ZID " + channel.substr(0, 2) + "O0000");
  auto const opening = far_end->hear();
  REQUIRE(opening);
  CHECK(opening->find("\nZID " + channel + "0000\nNNNN\n") != std::string::npos);
  return far_end;
}

std::string first_line(std::string const& text) { return text.substr(0, text.find('\n')); }

std::string with_precedence(std::string text, std::string_view letter, std::string_view word) {
  text = replaced(std::move(text), "PP RUEHBI", std::string(2, letter[0]).append(" RUEHBI"));
  text = replaced(std::move(text), "P 170141Z", std::string(letter).append(" 170141Z"));
  return replaced(std::move(text), " PRIORITY", fmt::format(" {}", word));
}

// So many lines more.
std::string with_text(std::string const& message, unsigned lines) {
  auto const place = message.find("4. (C)");
  auto out = message.substr(0, place);
  for (unsigned i = 0; i != lines; ++i) out += "A LINE OF TEXT THAT TAKES ITS TIME.\n";
  return out + message.substr(place);
}

TEST_CASE("A message filed at one relay is handed out at another") {
  Running origin{"RTCA"}, hub{"RTAA"};
  origin.dial("AC", hub.circuits());
  file(origin, sample::message());
  auto const copies = collect(hub, "RUEHC");
  REQUIRE(copies.copies_size() == 1);
  auto const& text = copies.copies(0).message().text();
  CHECK(text.starts_with("VZCZCACI000"));
  auto const seed = sample::message();
  auto const from_fl3 = seed.substr(seed.find("DE RUEHTA"));
  CHECK(text.find(from_fl3.substr(0, from_fl3.size() / 2)) != std::string::npos);
}

TEST_CASE("A caller is known by its channel, and the numbers run on") {
  Running running{"RTAA"};
  auto const far_end = opened(running);
  file(running, sample::message(2001));
  file(running, sample::message(2002));
  for (auto const* number : {"VZCZCXRO0002", "VZCZCXRO0003"}) {
    auto const message = far_end->hear();
    REQUIRE(message);
    CHECK(first_line(*message) == number);
  }
}

TEST_CASE("A caller on a channel that no circuit receives on is turned away") {
  Running running{"RTAA"};
  for (std::string const channel : {"XRO", "BCI", "QQQ", ""}) {
    LineClient stranger{running.circuits().port, channel, "RTEA", "RTAA"};
    stranger.say("ZID XRO0000");
    CHECK_FALSE(stranger.hear());
  }
  CHECK(opened(running) != nullptr);
}

TEST_CASE("What a far end lacks it gets under a new number") {
  Running running{"RTAA"};
  auto const far_end = opened(running);
  file(running, sample::message());
  auto const first = far_end->hear();
  REQUIRE(first);
  far_end->say("ZFX XRO0002", "OO");
  auto again = far_end->hear();
  while (again && again->find("\nZID ") != std::string::npos) again = far_end->hear();
  REQUIRE(again);
  CHECK(first_line(*again) > first_line(*first));
  CHECK(again->substr(first_line(*again).size()) == first->substr(first_line(*first).size()));
}

TEST_CASE("A gap in what comes is reported at once") {
  Running running{"RTAA"};
  auto const far_end = opened(running);
  far_end->skip(2);
  far_end->say("ZID XRO0001");
  for (auto const* open : {"ZFX XRI0002", "ZFX XRI0003"}) {
    auto const report = far_end->hear();
    REQUIRE(report);
    CHECK(report->find(open) != std::string::npos);
  }
}

TEST_CASE("FLASH breaks into a ROUTINE at line speed, which starts again after it") {
  Running running{"RTAA", true};
  auto const far_end = opened(running);
  auto const routine = with_text(with_precedence(sample::message(2001), "R", "ROUTINE"), 2'000);
  file(running, routine);
  CHECK(far_end->hear_line() == "VZCZCXRO0002");
  file(running, with_precedence(sample::message(2002), "Z", "FLASH"));
  auto const broken = far_end->hear();
  REQUIRE(broken);
  CHECK(broken->ends_with("\nE E E E E E E E AR\nNNNN\n"));
  CHECK(broken->size() < routine.size());
  auto const flash = far_end->hear();
  REQUIRE(flash);
  CHECK(flash->starts_with("VZCZCXRO0003\nZZ "));
  CHECK(flash->find("#2002/01") != std::string::npos);
  CHECK(far_end->hear_line() == "VZCZCXRO0004");
  CHECK(far_end->hear_line().starts_with("RR "));
}

TEST_CASE("Whatever is interrupted, and when, each number is named on the line") {
  Running running{"RTAA"};
  auto far_end = opened(running);
  PortClient client{running.port()};
  constexpr unsigned each = 40;
  for (unsigned i = 0; i != each; ++i)
    for (bool const flash : {false, true}) {
      auto const text = sample::message(3000 + 2 * i + (flash ? 1 : 0));
      v1::Request request;
      request.mutable_submit()->set_text(flash ? with_precedence(text, "Z", "FLASH") : text);
      client.send(request);
    }
  unsigned whole = 0;
  for (unsigned number = 2; whole != 2 * each; ++number) {
    auto const heard = far_end->hear();
    REQUIRE(heard);
    INFO(*heard);
    REQUIRE(first_line(*heard) == fmt::format("VZCZCXRO{:04}", number));
    whole += heard->find("E E E E E E E E AR") == std::string::npos ? 1 : 0;
  }
}

TEST_CASE("A transmission that was cancelled counts for its number alone") {
  Running running{"RTAA"};
  auto const far_end = opened(running);
  auto const seed = sample::message();
  auto const text = "PP RUEHC\n" + seed.substr(seed.find("DE RUEHTA"));
  far_end->send(text.substr(0, text.size() / 2) + "\nE E E E E E E E AR\nNNNN\n");
  far_end->send(text + "\nNNNN\n");
  auto const copies = collect(running, "RUEHC");
  REQUIRE(copies.copies_size() == 1);
  CHECK(copies.copies(0).message().text().find("HOAGLAND") != std::string::npos);
}

TEST_CASE("A transmission into which another ran waits for an operator") {
  Running running{"RTAA"};
  auto const far_end = opened(running);
  auto const seed = sample::message();
  auto const text = "PP RUEHC\n" + seed.substr(seed.find("DE RUEHTA"));
  far_end->send(text.substr(0, text.size() / 2) + '\n');
  far_end->send(text + "\nNNNN\n");
  REQUIRE(collect(running, "RUEHC").copies_size() == 1);
  CHECK(collect(running, "intercept").copies_size() == 1);
}

TEST_CASE("A far end that takes nothing holds up nobody else, nor the stop") {
  Running running{"RTAA"};
  auto const idle = opened(running);
  for (unsigned i = 0; i != 20; ++i) file(running, with_text(sample::message(3000 + i), 15'000));
  auto const other = opened(running, "ADI", "RTDA");
  auto const message = other->hear();
  REQUIRE(message);
  CHECK(message->starts_with("VZCZCADO0002\nPP RUEHBJ"));
  running.stop();
  CHECK(running.ended_well());
}

TEST_CASE("Hostile bytes on the circuit port are cut off or kept for the operator") {
  Running running{"RTAA"};
  std::mt19937 random{7};
  for (int round = 0; round != 30; ++round) {
    LineClient hostile{running.circuits().port, "XRI", "RTEA", "RTAA"};
    if (round % 2 == 0) hostile.say("ZID XRO0000");
    std::string bytes(1 + random() % 3'000, '\0');
    for (auto& byte : bytes) byte = static_cast<char>(random());
    hostile.send_bytes(bytes + "\nNNNN\n");
    hostile.close_sending();
    while (hostile.hear()) {
    }
  }
  LineClient far_end{running.circuits().port, "ADI", "RTDA", "RTAA"};
  far_end.say("ZID ADO0000");
  CHECK(far_end.hear());
}

TEST_CASE("A transmission without end is cut off") {
  Running running{"RTAA"};
  LineClient endless{running.circuits().port, "XRI", "RTEA", "RTAA"};
  endless.send_bytes("VZCZCXRI0001\n");
  std::string const text(read_size, 'X');
  for (std::size_t sent = 0; sent <= 4 * max_transmission && endless.send_bytes(text); sent += text.size()) {
  }
  CHECK_FALSE(endless.hear());
  CHECK(opened(running) != nullptr);
}

TEST_CASE("The stop lets what is being sent go out to its end") {
  Running running{"RTAA", true};
  auto const far_end = opened(running);
  file(running, sample::message());
  CHECK(far_end->hear_line() == "VZCZCXRO0002");
  running.begin_stop();
  auto const rest = far_end->hear();
  REQUIRE(rest);
  CHECK(rest->ends_with("\nNNNN\n"));
  CHECK(rest->find("E E E E") == std::string::npos);
  CHECK_FALSE(far_end->hear());
  running.stop();
  CHECK(running.ended_well());
}

}  // namespace
}  // namespace torntape::service
