// The store of a switch whose messages lie in NATS JetStream, so that another machine can go on where this
// one stops (docs/nats.md).
//
// One relay has one log. A group of records is appended under the condition that nothing was appended since:
// the engine itself sees to it that of two switches one commits. The log is read into a working copy in LMDB,
// from which all questions are answered; the copy can be made anew from the log. Whoever commits renews a
// claim; another switch of the same relay stands by, reads the log as it grows, and takes over when the claim
// is no longer renewed.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <variant>

#include "router/store/engine.hpp"
#include "router/store/lmdb.hpp"
#include "router/store/log_copy.hpp"
#include "router/store/store.hpp"

namespace torntape::store {

struct NatsOptions {
  EngineAddress address = {};                  // with the name of the log
  std::filesystem::path directory = {};        // of the working copy
  unsigned replicas = 0;                       // see Engine::prepare
  std::chrono::milliseconds lease{6'000};      // a claim that is not renewed for so long is over
  std::chrono::milliseconds renewal{1'000};    // of the claim
  std::chrono::milliseconds patience{10'000};  // of a commit, while the engine does not answer
  // The log is shortened when it is twice as large as what is still to be kept, and this.
  std::uint64_t slack = std::uint64_t{64} << 20U;
};

class NatsStore final : public Store {
 public:
  using Opened = std::variant<std::unique_ptr<NatsStore>, Failure>;

  // Makes log and directory where there are none. Where another switch holds the claim, this one stands by:
  // `replay` and `commit` fail for the time being.
  [[nodiscard]] static Opened open(NatsOptions options);
  ~NatsStore() override;  // gives up the claim

  [[nodiscard]] std::optional<Failure> commit(std::span<relay::Record const> records) override;
  [[nodiscard]] std::optional<Failure> replay(
      std::function<void(relay::Record const&)> const& apply) override;
  [[nodiscard]] std::variant<Stored, Missing> message(relay::MessageNumber number) override;
  [[nodiscard]] Settled settled_before(relay::Now time, relay::MessageNumber from, std::size_t most) override;
  [[nodiscard]] Found search(Wanted const& wanted, relay::MessageNumber before, std::size_t most) override;
  bool index(std::size_t behind) override;
  [[nodiscard]] std::optional<Standing> standing() override;

  // Messages as they are, told to the log in one group: how a store moves here. As `commit`.
  [[nodiscard]] std::optional<Failure> tell_again(std::span<relay::Record const> records);
  [[nodiscard]] LmdbStore& copy() { return *copy_; }

 private:
  NatsStore(NatsOptions options, std::unique_ptr<Engine> engine, std::unique_ptr<LmdbStore> copy);

  // On the thread that keeps the claim.
  void keep();
  void step();
  void renew();
  void watch();
  void take_over();
  [[nodiscard]] bool over(Engine::Claim const& claim);
  void step_down(std::string why);
  void set_trouble(std::string why);

  // Under `writing_`.
  [[nodiscard]] std::optional<Failure> append(std::span<relay::Record const> group, bool told_again);
  [[nodiscard]] std::optional<Failure> write(std::string_view bytes);
  [[nodiscard]] bool is_owner();
  [[nodiscard]] Failure not_now();

  [[nodiscard]] bool too_long(std::uint64_t times);
  bool shorten();

  NatsOptions options_;
  std::string writer_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<LmdbStore> copy_;
  LogCopy reader_;  // of the thread that keeps the claim, and only while another switch commits

  std::mutex writing_;  // held while the log is appended to
  std::string log_id_;
  std::uint64_t last_ = 0;            // entry of the log
  std::uint64_t epoch_ = 0;           // counts the times that this switch became the owner
  std::uint64_t replayed_epoch_ = 0;  // a relay that was not rebuilt since commits nothing
  std::uint64_t writes_ = 0;

  std::uint64_t revision_ = 0;  // of our claim; of the keeper, as those below
  std::size_t missed_ = 0;      // renewals in a row
  std::uint64_t seen_revision_ = 0;
  std::chrono::steady_clock::time_point seen_at_{};

  std::mutex mutex_;  // what others ask for
  Standing standing_;
  bool stopping_ = false;
  std::condition_variable stop_;
  std::thread keeper_;
};

}  // namespace torntape::store
