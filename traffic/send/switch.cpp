// torntape://127.0.0.1:12701: filed at a switch over its Protobuf port (docs/protobuf-port.md). The same
// bytes filed again are known there by their digest.
#include <set>
#include <utility>

#include <fmt/format.h>
#include <torntape/v1/switch.pb.h>

#include "traffic/send/connecting.hpp"
#include "traffic/send/destinations.hpp"
#include "traffic/send/link.hpp"
#include "wire/delimited.hpp"

namespace torntape::send {
namespace {

constexpr std::uint16_t usual_port = 12701;
constexpr std::size_t longest_answer = std::size_t{4} << 20U;
constexpr std::size_t most_waiting = std::size_t{1} << 20U;

Answer answer_of(v1::Response const& response) {
  if (response.has_submit()) return {response.id(), Result::confirmed};
  auto const& refusal = response.refusal();
  switch (refusal.reason()) {
    case v1::REASON_FULL:
    case v1::REASON_STORE:
    case v1::REASON_CLOSING:
      return {response.id(), Result::not_taken, refusal.message()};
    default:
      break;
  }
  // The first rule says more than "the heading has errors".
  for (auto const& diagnostic : refusal.diagnostics())
    if (diagnostic.severity() == v1::SEVERITY_ERROR)
      return {response.id(), Result::refused, fmt::format("{} {}", diagnostic.rule(), diagnostic.name())};
  return {response.id(), Result::refused, refusal.message()};
}

class Switch final : public Connecting {
 public:
  explicit Switch(Address const& address)
      : host_{address.host}, port_{address.port == 0 ? usual_port : address.port} {}

  void hand_over(Outgoing const& message) override {
    v1::Request request;
    request.set_id(message.number);
    request.mutable_submit()->set_text(message.text);
    std::string bytes;
    wire::append_delimited(request, bytes);
    under_way_.insert(message.number);
    link_.write(bytes);
  }

  void work(Time until, std::vector<Answer>& answers) override {
    while (answers.empty()) {
      link_.run(until);
      read(answers);
      if (up() && !link_.up()) break_off(link_.why_down(), answers);
      if (std::chrono::steady_clock::now() >= until) break;
    }
  }

  [[nodiscard]] bool knows_repeats() const override { return true; }

 private:
  std::string connect() override {
    frames_ = wire::DelimitedReader{longest_answer};
    return link_.connect(host_, port_, patience);
  }
  bool has_room() override { return link_.waiting() < most_waiting; }

  void read(std::vector<Answer>& answers) {
    frames_.feed(link_.take_input());
    for (;;) {
      auto const frame = frames_.next();
      if (frame.state == wire::FrameState::partial) return;
      v1::Response response;
      if (frame.state != wire::FrameState::whole ||
          !response.ParseFromArray(frame.bytes.data(), static_cast<int>(frame.bytes.size()))) {
        if (up()) break_off("what it sends is no answer of a switch", answers);
        return;
      }
      if (under_way_.erase(response.id()) != 0)
        answers.push_back(answer_of(response));
      else if (up() && response.has_refusal())
        trouble_told_ = response.refusal().message();
    }
  }

  void break_off(std::string const& why, std::vector<Answer>& answers) {
    auto const told = trouble_told_.empty() ? why : std::exchange(trouble_told_, {});
    for (auto const number : under_way_)
      answers.push_back({number, Result::unknown, "connection lost: " + told});
    under_way_.clear();
    lost(told);
  }

  std::string host_;
  std::uint16_t port_;
  Link link_;
  wire::DelimitedReader frames_{longest_answer};
  std::set<std::uint64_t> under_way_;
  std::string trouble_told_;
};

}  // namespace

Opened open_switch(Address const& address) { return std::make_unique<Switch>(address); }

}  // namespace torntape::send
