// What became of the test traffic that a switch makes for itself: counted from what is answered and from what
// becomes durable. Knows no thread; used under a lock.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <torntape/v1/making.pb.h>

#include "router/relay/event.hpp"
#include "router/service/reply.hpp"
#include "traffic/generator/fault.hpp"
#include "traffic/generator/label.hpp"

namespace torntape::service {

class TrafficTally {
 public:
  // A message was made; null: it is good.
  void made(generator::Label const* label);
  // It is about to be filed: what is accepted under this digest is its.
  void expect(relay::Digest const& digest);
  // It did not even get there; or it was answered.
  void refused(generator::Label const* label, v1::Refusal const& refusal);
  void answered(generator::Label const* label, relay::Digest const& digest, Reply const& reply);
  // What has become durable.
  void committed(std::span<relay::Record const> records);

  // Whether it is a message of this traffic.
  [[nodiscard]] bool has(relay::MessageNumber message) const { return messages_.contains(message); }
  // Its messages of which something is not settled yet.
  [[nodiscard]] std::vector<relay::MessageNumber> open() const;
  // Queues of stations in which copies of it wait, or are handed out.
  [[nodiscard]] std::vector<std::string> waiting() const;
  [[nodiscard]] std::uint32_t made() const { return made_; }
  // Puts the figures there.
  void tell(v1::TrafficState& state) const;

 private:
  struct Copy {
    std::uint32_t queue = 0;  // in `queues_`
    grammar::Precedence precedence = grammar::Precedence::none;
    bool settled = false;
  };
  struct Fault {
    std::string rule;
    std::uint32_t made = 0, refused = 0, named = 0, accepted = 0;
  };
  struct Count {
    std::uint32_t made = 0, delivered = 0;
  };

  void add(std::vector<Copy>& copies, relay::EnvelopeCopy const& copy);
  void take_back(Copy const& copy);
  void apply(relay::Accepted const& accepted);
  void apply(relay::Settled const& settled);
  void apply(relay::Moved const& moved);
  template <class Other>
  void apply(Other const& /*other*/) {}

  std::uint32_t made_ = 0, broken_ = 0, accepted_ = 0, already_filed_ = 0, refused_ = 0;
  std::set<relay::Digest> expected_;
  std::unordered_map<relay::MessageNumber, std::vector<Copy>> messages_;
  std::vector<std::string> queues_;
  std::map<std::string, std::uint32_t, std::less<>> queue_numbers_;
  std::vector<std::uint32_t> waiting_;  // copies, by queue
  std::map<grammar::Precedence, Count> copies_;
  std::map<std::pair<v1::Reason, std::string>, v1::TrafficRefusals> refusals_;  // by reason and rule
  std::map<std::string, Fault, std::less<>> faults_;
};

}  // namespace torntape::service
