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
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "router/store/engine.hpp"
#include "router/store/lmdb.hpp"
#include "router/store/log_copy.hpp"
#include "router/store/outbox.hpp"
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
  // See store/outbox.hpp: in the directory of the working copy. It holds so much while the engine is away,
  // and for so long what the engine has acknowledged: nodes of NATS 2.9 sync every two minutes.
  bool outbox = false;
  std::size_t most_held = 10'000;
  std::uint64_t most_bytes_held = std::uint64_t{256} << 20U;
  std::chrono::milliseconds keep_logged{300'000};
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
  [[nodiscard]] std::vector<Astray> astray() override;
  void filed_again() override;

  // Messages as they are, told to the log in one group: how a store moves here. As `commit`.
  [[nodiscard]] std::optional<Failure> tell_again(std::span<relay::Record const> records);
  [[nodiscard]] LmdbStore& copy() { return *copy_; }

 private:
  NatsStore(NatsOptions options, std::unique_ptr<Engine> engine, std::unique_ptr<LmdbStore> copy,
            std::unique_ptr<Outbox> outbox);

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
  struct Unwritten {
    Failure why;
    bool overtaken = false;
  };
  [[nodiscard]] std::optional<Unwritten> write(std::string_view bytes);
  [[nodiscard]] bool is_owner();
  [[nodiscard]] bool takes();  // it commits, or holds
  [[nodiscard]] Failure not_now();

  // The outbox (nats_outbox.cpp); under `writing_`.
  [[nodiscard]] static std::variant<std::unique_ptr<Outbox>, Failure> open_outbox(NatsOptions const& options);
  [[nodiscard]] std::optional<Failure> begin_to_hold(std::span<relay::Record const> group, std::string bytes,
                                                     std::uint64_t end, Failure const& why);
  [[nodiscard]] std::optional<Failure> hold(std::span<relay::Record const> group);
  [[nodiscard]] std::optional<Failure> put_held(std::span<relay::Record const> group, Outbox::Row row);
  [[nodiscard]] std::optional<Failure> put_logged(std::string bytes);
  [[nodiscard]] std::optional<Failure> settle_outbox();
  [[nodiscard]] std::optional<Failure> compare_last(Engine::LogState const& log, bool& another);
  [[nodiscard]] std::optional<Failure> change_logged(std::uint64_t behind, Outbox::State to,
                                                     std::uint64_t sequence);
  [[nodiscard]] std::optional<Failure> take_back_lost(Engine::LogState const& log);
  [[nodiscard]] std::optional<Failure> find_in_log(Engine::LogState const& log, std::uint64_t read_from);
  [[nodiscard]] std::optional<Failure> send_waiting();
  void hold_from_now_on();
  void stop_holding();
  void replay_held(std::function<void(relay::Record const&)> const& apply);
  [[nodiscard]] std::optional<Failure> load_waiting();
  void count_held();
  void forget_safe();

  [[nodiscard]] bool too_long(std::uint64_t times);
  bool shorten();

  NatsOptions options_;
  std::string writer_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<LmdbStore> copy_;
  std::unique_ptr<Outbox> outbox_;  // null: there is none
  LogCopy reader_;  // of the thread that keeps the claim, and only while another switch commits

  std::mutex writing_;  // held while the log is appended to
  std::string log_id_;
  std::uint64_t last_ = 0;            // entry of the log
  std::uint64_t epoch_ = 0;           // counts the times that this switch became the owner
  std::uint64_t replayed_epoch_ = 0;  // a relay that was not rebuilt since commits nothing
  std::uint64_t writes_ = 0;
  std::vector<Outbox::Row> waiting_;  // of the outbox: what the log does not have
  std::uint64_t bytes_waiting_ = 0;
  std::size_t astray_ = 0;  // messages

  std::uint64_t revision_ = 0;  // of our claim; of the keeper, as those below
  std::size_t missed_ = 0;      // renewals in a row
  std::chrono::steady_clock::time_point missed_since_{};
  std::uint64_t seen_revision_ = 0;
  std::chrono::steady_clock::time_point seen_at_{};

  std::mutex mutex_;  // what others ask for
  Standing standing_;
  std::map<relay::MessageNumber, relay::Accepted> held_;  // in `waiting_`, as they were decided
  bool stopping_ = false;
  std::condition_variable stop_;
  std::thread keeper_;
};

}  // namespace torntape::store
