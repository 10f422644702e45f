// Messages and patience for these tests.
#pragma once

#include <chrono>
#include <cstddef>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "router/service/switch.hpp"
#include "router/store/memory.hpp"

namespace torntape::service::sample {

// No wait of a test is longer.
inline constexpr std::chrono::seconds patience{60};

inline std::string fixture(std::string const& name) {
  std::ifstream file{std::string{TORNTAPE_FIXTURES} + "/" + name, std::ios::binary};
  if (!file) throw std::runtime_error("no fixture " + name);
  return {std::istreambuf_iterator<char>{file}, {}};
}

// The seed under another serial number of four digits: another message each time.
inline std::string message(unsigned serial = 1399) {
  auto text = fixture("seed/09ASTANA1399.txt");
  auto const digits = std::to_string(serial);
  for (auto at = text.find("1399"); at != std::string::npos; at = text.find("1399", at + 4))
    text.replace(at, 4, digits);
  return text;
}

// Addressees of the seed in an open switch: one action, thirteen info.
inline constexpr std::size_t copies = 14;

// An answer to wait for.
class Awaited {
 public:
  [[nodiscard]] Answer answer() {
    return [promise = promise_](Reply reply) { promise->set_value(std::move(reply)); };
  }
  [[nodiscard]] bool came() { return future_.wait_for(std::chrono::seconds{0}) == std::future_status::ready; }
  [[nodiscard]] Reply get() {
    if (future_.wait_for(patience) != std::future_status::ready) throw std::runtime_error("no answer came");
    return future_.get();
  }
  template <class T>
  [[nodiscard]] T get() {
    return std::get<T>(get());
  }

 private:
  std::shared_ptr<std::promise<Reply>> promise_ = std::make_shared<std::promise<Reply>>();
  std::future<Reply> future_ = promise_->get_future();
};

// Passes all on to a store that outlives the switch, and fails its n-th commit (n from 1; 0: none).
class FailingStore final : public store::Store {
 public:
  FailingStore(store::Store& kept, std::size_t failing) : kept_{kept}, failing_{failing} {}

  std::optional<store::Failure> commit(std::span<relay::Record const> records) override {
    if (++commits_ == failing_) return store::Failure{"no space left on device"};
    return kept_.commit(records);
  }
  std::optional<store::Failure> replay(std::function<void(relay::Record const&)> const& apply) override {
    return kept_.replay(apply);
  }
  Settled settled_before(relay::Now, relay::MessageNumber, std::size_t) override { return {}; }
  store::Found search(store::Wanted const& wanted, relay::MessageNumber before, std::size_t most) override {
    return kept_.search(wanted, before, most);
  }
  std::variant<Stored, Missing> message(relay::MessageNumber number) override {
    return kept_.message(number);
  }

  [[nodiscard]] bool failed() const { return failing_ != 0 && commits_ >= failing_; }

 private:
  store::Store& kept_;
  std::size_t failing_;
  std::size_t commits_ = 0;
};

}  // namespace torntape::service::sample
