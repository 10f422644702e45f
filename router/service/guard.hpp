// Who may talk to a switch, and what they may do there: the guard of its ports.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "router/service/tls.hpp"

namespace torntape::service {

enum class Verb : std::uint8_t {
  file,  // messages
  look,  // at queues, copies, messages; at the journal, events, metrics and network where all queues are its
  collect,  // copies: acknowledge, release
  operate,  // circuits, and what was intercepted
};
inline constexpr std::array<std::pair<std::string_view, Verb>, 4> verbs{
    {{"file", Verb::file}, {"look", Verb::look}, {"collect", Verb::collect}, {"operate", Verb::operate}}};

// SHA-256 of a token. A token is random and long, so that no slower digest is needed.
using Digest = std::array<unsigned char, 32>;
[[nodiscard]] Digest digest_of(std::string_view token);
// "sha256:9f86d0…", as in a guard file.
[[nodiscard]] std::string to_string(Digest const& digest);
[[nodiscard]] std::optional<Digest> read_digest(std::string_view text);

struct GuardedClient {
  std::string name;                 // in logs and refusals
  std::optional<Digest> token;      // one of these at least
  std::string certificate;          // a name of it
  std::vector<Verb> may;            // anything else is refused
  std::vector<std::string> queues;  // patterns: * is anything, ? one character
  std::uint32_t rate = 0;           // requests a second; 0: no limit

  [[nodiscard]] bool may_do(Verb verb) const;
  [[nodiscard]] bool has_queue(std::string_view queue) const;
  [[nodiscard]] bool has_all_queues() const { return has_queue("*"); }
};

// Immutable: a guard file that is read anew gives another.
struct Guard {
  std::vector<GuardedClient> clients;
  std::map<std::string, std::string> circuits;  // by name: that of the certificate at the far end
  std::shared_ptr<Tls const> tls;               // null: plain

  // Null: nobody's. In a time that tells nothing of the tokens.
  [[nodiscard]] GuardedClient const* with_token(Digest const& token) const;
  [[nodiscard]] GuardedClient const* with_certificate(std::vector<std::string> const& names) const;
  // The name that the far end of a circuit is to show; null: the circuit is not in the guard file.
  [[nodiscard]] std::string const* far_end(std::string const& circuit) const;
};

// So many at once, and then so many a second.
class Allowance {
 public:
  using Time = std::chrono::steady_clock::time_point;
  [[nodiscard]] bool take(std::uint32_t rate, Time now);

 private:
  double left_ = 0;
  std::optional<Time> since_;
};

// The guard that holds while the switch runs; another may take its place. Any thread.
class GuardInForce {
 public:
  // Null: none was asked for, and there will be none.
  [[nodiscard]] std::shared_ptr<Guard const> get() const;
  void replace(std::shared_ptr<Guard const> next);

  // One more request of a client; false: beyond its rate.
  [[nodiscard]] bool admits(GuardedClient const& client, Allowance::Time now);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<Guard const> guard_;
  std::map<std::string, Allowance> allowances_;  // by the name of the client
};

// "RUEH*" and the like. The whole of `text`.
[[nodiscard]] bool fits_pattern(std::string_view pattern, std::string_view text);

}  // namespace torntape::service
