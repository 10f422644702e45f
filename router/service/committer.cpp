#include "router/service/committer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <spdlog/spdlog.h>

#include "router/service/limits.hpp"

namespace torntape::service {
namespace {

void answer(std::vector<Owed>& owed) {
  for (auto& [answer, reply] : owed) answer(std::move(reply));
}

void refuse(std::vector<Owed>& owed, std::string const& message) {
  for (auto& [answer, reply] : owed) answer(Unsaved{message});
}

std::vector<relay::Record> records_of(std::vector<Decided>& group) {
  std::vector<relay::Record> records;
  for (auto& decided : group) std::ranges::move(decided.records, std::back_inserter(records));
  return records;
}

// On the disk of this switch, until the engine is back.
bool only_held(store::Store& store) {
  auto const standing = store.standing();
  return standing && standing->holding;
}

}  // namespace

Committer::Committer(store::Store& store, std::function<void()> on_failure)
    : store_{store}, on_failure_{std::move(on_failure)}, thread_{[this] { run(); }} {}

Committer::~Committer() { finish(); }

void Committer::push(Decided decided) {
  {
    std::scoped_lock const lock{mutex_};
    waiting_.push_back(std::move(decided));
  }
  gathered_.notify_one();
}

void Committer::finish() {
  {
    std::scoped_lock const lock{mutex_};
    finishing_ = true;
  }
  gathered_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Committer::watch(Watcher watcher) {
  std::scoped_lock const lock{watching_};
  watchers_.push_back(std::move(watcher));
}

void Committer::tell(Committed const& committed) {
  std::scoped_lock const lock{watching_};
  for (auto const& watcher : watchers_) watcher(committed);
}

void Committer::run() {
  index();
  for (auto group = take_group(); !group.empty(); group = take_group()) {
    settle(std::move(group));
    index();
  }
}

// The journal's index is written while there is nothing else to do, or it would fall too far behind.
void Committer::index() {
  auto const idle = [this] {
    std::scoped_lock const lock{mutex_};
    return waiting_.empty() && !finishing_;
  };
  while (store_.index(idle() ? 0 : max_unindexed)) {
  }
}

// Empty only at the end.
std::vector<Decided> Committer::take_group() {
  std::unique_lock lock{mutex_};
  gathered_.wait(lock, [this] { return finishing_ || !waiting_.empty(); });
  auto const size = std::min(waiting_.size(), max_outcomes_per_commit);
  auto const end = waiting_.begin() + static_cast<std::ptrdiff_t>(size);
  std::vector<Decided> group{std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end)};
  waiting_.erase(waiting_.begin(), end);
  return group;
}

void Committer::settle(std::vector<Decided> group) {
  auto const life = life_.load();
  auto const stale = [life](Decided const& decided) { return decided.life != life; };
  auto const fresh = std::find_if_not(group.begin(), group.end(), stale);
  for (auto lost = group.begin(); lost != fresh; ++lost) refuse(lost->owed, failure_);
  group.erase(group.begin(), fresh);
  auto const records = records_of(group);
  bool const ask = !records.empty() || std::ranges::any_of(group, &Decided::ask_store);
  auto const failure = ask ? store_.commit(records) : std::nullopt;
  if (!failure) {
    if (!records.empty() && failures_ > 0 && !only_held(store_))
      spdlog::info("storing works again; commits failed before: {}", std::exchange(failures_, 0));
    tell({.failed = false, .records = records, .group = group});
    for (auto& decided : group) answer(decided.owed);
    return;
  }
  failure_ = failure->message;
  ++failures_;
  if (records.empty())
    spdlog::warn("this switch commits no more: {}", failure_);
  else
    spdlog::error("could not be stored, {} request{} answered so: {}", group.size(),
                  group.size() == 1 ? " is" : "s are", failure_);
  life_.store(life + 1);
  tell({.failed = true, .records = {}, .group = {}});
  for (auto& decided : group) refuse(decided.owed, failure_);
  on_failure_();
}

}  // namespace torntape::service
