// A destination at the end of a connection: made when it is first wanted, and anew when it was lost, after a
// pause that grows while nobody answers.
#pragma once

#include <string>
#include <utility>

#include "traffic/send/backoff.hpp"
#include "traffic/send/destination.hpp"

namespace torntape::send {

class Connecting : public Destination {
 public:
  [[nodiscard]] bool ready() final {
    if (up_) return has_room();
    if (!backoff_.over()) return false;
    trouble_ = connect();
    up_ = trouble_.empty();
    if (!up_) {
      backoff_.failed();
      return false;
    }
    backoff_.succeeded();
    reconnections_ += been_up_ ? 1 : 0;
    been_up_ = true;
    return has_room();
  }
  [[nodiscard]] std::string const& trouble() const final { return trouble_; }
  [[nodiscard]] std::uint64_t reconnections() const final { return reconnections_; }

 protected:
  // Why not, in words; nothing where the connection stands.
  [[nodiscard]] virtual std::string connect() = 0;
  [[nodiscard]] virtual bool has_room() { return true; }

  [[nodiscard]] bool up() const { return up_; }
  void lost(std::string why) {
    up_ = false;
    trouble_ = std::move(why);
    backoff_.failed();
  }

 private:
  bool up_ = false, been_up_ = false;
  std::uint64_t reconnections_ = 0;
  std::string trouble_;
  Backoff backoff_;
};

}  // namespace torntape::send
