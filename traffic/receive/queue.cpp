// torntape://127.0.0.1:12701/RUEHC: collects from the queue of a switch (docs/protobuf-port.md), and
// acknowledges what is kept.
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <torntape/v1/switch.pb.h>

#include "traffic/receive/receiver.hpp"
#include "traffic/send/backoff.hpp"
#include "traffic/send/destinations.hpp"
#include "traffic/send/link.hpp"
#include "wire/delimited.hpp"

namespace torntape::receive {
namespace {

constexpr std::uint16_t usual_port = 12701;
constexpr std::uint32_t most = 200;
constexpr std::size_t longest_answer = std::size_t{64} << 20U;
constexpr std::int64_t wait_seconds = 20;

class Queue final : public Receiver {
 public:
  Queue(send::Address const& address, std::string queue)
      : text_{address.text},
        host_{address.host},
        queue_{std::move(queue)},
        port_{address.port == 0 ? usual_port : address.port} {}

  void work(Time until, std::vector<Receipt>& receipts) override {
    acknowledge();
    if (!link_.up() && !connected()) return std::this_thread::sleep_until(until);
    while (receipts.empty() && link_.up()) {
      if (!asked_) ask();
      link_.run(until);
      read(receipts);
      if (std::chrono::steady_clock::now() >= until) break;
    }
    if (!link_.up()) end(link_.why_down());
  }
  // What was acknowledged last must have left.
  void finish(std::vector<Receipt>&) override {
    acknowledge();
    auto const late = std::chrono::steady_clock::now() + std::chrono::seconds{2};
    while (link_.up() && acknowledging_ != 0 && std::chrono::steady_clock::now() < late) {
      link_.run(late);
      std::vector<Receipt> unwanted;  // their lease ends
      read(unwanted);
    }
  }
  [[nodiscard]] std::string where() const override { return text_; }
  [[nodiscard]] std::string trouble() const override { return trouble_; }

 private:
  bool connected() {
    if (!backoff_.over()) return false;
    frames_ = wire::DelimitedReader{longest_answer};
    asked_ = false;
    acknowledging_ = 0;
    to_acknowledge_.clear();
    trouble_ = link_.connect(host_, port_, send::patience);
    if (trouble_.empty())
      backoff_.succeeded();
    else
      backoff_.failed();
    return trouble_.empty();
  }
  void end(std::string why) {
    trouble_ = std::move(why);
    backoff_.failed();
  }

  void write(v1::Request const& request) {
    std::string bytes;
    wire::append_delimited(request, bytes);
    link_.write(bytes);
  }
  void ask() {
    v1::Request request;
    request.set_id(1);
    auto& collect = *request.mutable_collect();
    collect.set_queue(queue_);
    collect.set_max(most);
    collect.mutable_wait()->set_seconds(wait_seconds);
    asked_ = true;
    write(request);
  }
  void acknowledge() {
    if (to_acknowledge_.empty() || !link_.up()) return;
    v1::Request request;
    request.set_id(2);
    for (auto& id : to_acknowledge_) request.mutable_acknowledge()->add_copy_ids(std::move(id));
    to_acknowledge_.clear();
    ++acknowledging_;
    write(request);
  }

  void read(std::vector<Receipt>& receipts) {
    frames_.feed(link_.take_input());
    for (auto frame = frames_.next(); frame.state == wire::FrameState::whole; frame = frames_.next()) {
      v1::Response response;
      if (!response.ParseFromArray(frame.bytes.data(), static_cast<int>(frame.bytes.size()))) return;
      if (response.id() == 2) acknowledging_ -= acknowledging_ == 0 ? 0 : 1;
      if (response.id() == 2) continue;
      asked_ = false;
      if (response.has_refusal()) {
        trouble_ = response.refusal().message();
        continue;
      }
      trouble_.clear();
      for (auto& copy : *response.mutable_collect()->mutable_copies()) {
        receipts.push_back({copy.message().text(), copy.queue()});
        to_acknowledge_.push_back(copy.id());
      }
    }
  }

  std::string text_, host_, queue_, trouble_;
  std::uint16_t port_;
  send::Link link_;
  send::Backoff backoff_;
  wire::DelimitedReader frames_{longest_answer};
  std::vector<std::string> to_acknowledge_;
  std::size_t acknowledging_ = 0;
  bool asked_ = false;
};

}  // namespace

Opened open_queue(send::Address const& address) {
  auto queue = address.path.empty() ? std::string{} : address.path.substr(1);
  if (queue.empty()) return fmt::format("{}: which queue? torntape://HOST:PORT/RUEHC", address.text);
  return std::make_unique<Queue>(address, std::move(queue));
}

}  // namespace torntape::receive
