// Who is at the other end of a connection, by certificate or token, and what they may do as the guard now
// stands. Used by one thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <torntape/v1/switch.pb.h>

#include "router/service/guard.hpp"

namespace torntape::service {

class Caller {
 public:
  // `names` are those of the certificate shown; the guard outlives the caller.
  Caller(GuardInForce& guard, std::vector<std::string> names);

  // Shows a token, in place of one shown before. False: nobody's.
  bool show(std::string_view token);

  // Each of these: none where they may, else why not. Without a guard everybody may everything.
  using Refused = std::optional<v1::Refusal>;
  [[nodiscard]] Refused known();
  [[nodiscard]] Refused admitted();  // known, and within their rate
  [[nodiscard]] Refused may(Verb verb);
  [[nodiscard]] Refused may(Verb verb, std::string_view queue);
  [[nodiscard]] Refused may_with_all_queues(Verb verb);

  // Whether all queues are theirs: then nobody need find out which queue a copy is in.
  [[nodiscard]] bool has_all_queues();
  [[nodiscard]] bool has_queue(std::string_view queue);
  [[nodiscard]] bool guarded();
  // What their entry in the guard file says; null where there is no guard, or nobody is known. Valid until
  // something else is asked.
  [[nodiscard]] GuardedClient const* entry() { return client(); }
  // "" where nobody is known.
  [[nodiscard]] std::string name();

 private:
  GuardedClient const* client();

  GuardInForce& in_force_;
  std::vector<std::string> names_;
  std::optional<Digest> token_;
  std::shared_ptr<Guard const> guard_;     // that was asked last
  GuardedClient const* client_ = nullptr;  // in it
};

}  // namespace torntape::service
