#include "router/service/test_traffic.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <future>
#include <random>
#include <span>
#include <utility>

#include <google/protobuf/util/time_util.h>
#include <spdlog/spdlog.h>

#include "router/service/floor.hpp"
#include "router/service/intake.hpp"
#include "validator/sample.hpp"

namespace torntape::service {
namespace {

constexpr relay::ReaderId stations = 0;  // a lease that is nobody's connection
constexpr relay::Duration lease{60'000};
constexpr std::size_t most_earlier = 500'000;

// Small, so that it is the same number in JSON and in a browser.
std::uint64_t chance_seed() { return std::random_device{}() % 1'000'000'000 + 1; }

// An open switch has no stations of its own.
std::shared_ptr<directory::Directory const> stations_of(Floor& floor) {
  auto directory = floor.directory.shared();
  return directory ? directory : validator::sample_directory();
}

google::protobuf::Timestamp now() { return google::protobuf::util::TimeUtil::GetCurrentTime(); }

std::size_t due(v1::TrafficRequest const& request, std::chrono::duration<double> since) {
  auto const by_now = static_cast<std::size_t>(since.count() * request.rate()) + 1;
  return std::min<std::size_t>(by_now, request.messages());
}

// Asks the switch so many things at once, and waits for the answers.
class Answers {
 public:
  Answer next() {
    auto const promise = std::make_shared<std::promise<Reply>>();
    futures_.push_back(promise->get_future());
    return [promise](Reply reply) { promise->set_value(std::move(reply)); };
  }
  std::vector<Reply> all() {
    std::vector<Reply> out;
    out.reserve(futures_.size());
    for (auto& future : futures_) out.push_back(future.get());
    return out;
  }

 private:
  std::vector<std::future<Reply>> futures_;
};

}  // namespace

std::variant<v1::TrafficState, TestTraffic::Busy, std::string> TestTraffic::start(
    v1::TrafficRequest const& request) {
  std::scoped_lock const starting{starting_};
  if (state().running()) return Busy{};
  auto directory = stations_of(floor_);
  auto planned = traffic_plan(request, *directory, chance_seed());
  if (auto* const why = std::get_if<std::string>(&planned)) return std::move(*why);
  auto& plan = std::get<TrafficPlan>(planned);
  if (thread_.joinable()) thread_.join();  // it has ended
  {
    std::scoped_lock const lock{mutex_};
    told_ = {};
    told_.set_running(true);
    *told_.mutable_begun() = now();
    *told_.mutable_request() = std::move(plan.request);
    for (auto const message : tally_.open()) {
      if (earlier_.size() >= most_earlier) earlier_.clear();  // then they stay, like those of others
      earlier_.insert(message);
    }
    tally_ = {};
    unanswered_ = 0;
    why_stopped_.clear();
    begun_ = Clock::now();
  }
  any_ = true;
  auto run_it = [this, stream = generator::Stream{std::move(directory), std::move(plan.plan)}](
                    std::stop_token const& stop) mutable { run(stop, std::move(stream)); };
  thread_ = std::jthread{std::move(run_it)};
  return state();
}

v1::TrafficState TestTraffic::stop(std::string_view why) {
  std::scoped_lock const starting{starting_};
  if (thread_.joinable()) {
    {
      std::scoped_lock const lock{mutex_};
      why_stopped_ = why;
    }
    thread_.request_stop();
    thread_.join();
  }
  return state();
}

v1::TrafficState TestTraffic::state() const {
  std::scoped_lock const lock{mutex_};
  auto out = told_;
  tally_.tell(out);
  return out;
}

void TestTraffic::watch(Committed const& committed) {
  if (!any_) return;
  std::scoped_lock const lock{mutex_};
  tally_.committed(committed.records);
}

bool TestTraffic::all_filed() const { return tally_.made() >= told_.request().messages(); }

bool TestTraffic::may_file() const {
  return unanswered_ < max_traffic_unanswered && tally_.made() < due(told_.request(), Clock::now() - begun_);
}

bool TestTraffic::is_own(relay::MessageNumber message) const {
  return tally_.has(message) || earlier_.contains(message);
}

// Until all is filed and answered, and what may be collected is; or until it is stopped.
void TestTraffic::run(std::stop_token const& stop, generator::Stream stream) {
  Intake intake{floor_.directory.shared()};
  bool const collecting = state().request().collect();
  auto next_round = Clock::now() + traffic_collects_every;
  auto next_told = Clock::now() + traffic_told_every;
  std::string_view why = "all of it was handed in";
  while (!stop.stop_requested() && !floor_.closing) {
    file_what_is_due(intake, stream);
    bool const over = [this] {
      std::scoped_lock const lock{mutex_};
      return all_filed() && unanswered_ == 0;
    }();
    std::size_t taken = 0;
    if (collecting && (over || Clock::now() >= next_round)) {
      taken = collect();
      next_round = Clock::now() + traffic_collects_every;
    }
    if (Clock::now() >= next_told) {
      publish();
      next_told += traffic_told_every;
    }
    if (over && taken == 0) break;
    std::unique_lock lock{mutex_};
    woken_.wait_for(lock, stop, std::chrono::milliseconds{20}, [this] { return may_file(); });
  }
  if (stop.stop_requested()) why = why_stopped_;
  if (floor_.closing) why = "the switch was stopped";
  end(why, stream);
}

void TestTraffic::file_what_is_due(Intake& intake, generator::Stream& stream) {
  // Not more than a second's at once: stopping is not to wait for what was held up.
  auto const most = static_cast<int>(most_traffic_rate);
  for (int i = 0; i != most; ++i) {
    {
      std::scoped_lock const lock{mutex_};
      if (!may_file()) return;
    }
    file_one(intake, stream.next());
  }
}

void TestTraffic::file_one(Intake& intake, generator::Made const& made) {
  auto const label = made.labels.empty() ? nullptr : std::make_shared<generator::Label const>(made.labels[0]);
  intake.look_up_in(floor_.directory.shared());
  auto judged = intake.judge(made.text);
  std::unique_lock lock{mutex_};
  tally_.made(label.get());
  if (auto const* const refusal = std::get_if<v1::Refusal>(&judged)) {
    tally_.refused(label.get(), *refusal);
    floor_.metrics.count(*refusal);
    return;
  }
  auto& filed = std::get<relay::Filed>(judged);
  auto const digest = filed.digest;
  tally_.expect(digest);
  ++unanswered_;
  lock.unlock();
  floor_.house.handle(std::move(filed), [this, label, digest](Reply const& reply) {
    std::scoped_lock const answering{mutex_};
    tally_.answered(label.get(), digest, reply);
    --unanswered_;
    woken_.notify_one();
  });
}

// For each queue how many copies of test traffic are at its head: those of others stay where they are.
std::vector<std::size_t> TestTraffic::own_at_the_head(std::vector<std::string> const& queues) {
  Answers answers;
  for (auto const& queue : queues)
    floor_.house.ask(PeekAsked{.queue = queue, .max = max_traffic_collected}, answers.next());
  std::vector<std::size_t> out;
  for (auto const& reply : answers.all()) {
    std::size_t own = 0;
    std::scoped_lock const lock{mutex_};
    if (auto const* const peeked = std::get_if<Peeked>(&reply))
      while (own != peeked->copies.size() && is_own(peeked->copies[own].id.message)) ++own;
    out.push_back(own);
  }
  return out;
}

// Hands the stations their copies; what came in between, and is not of this traffic, goes back.
std::vector<relay::CopyId> TestTraffic::hand(std::vector<std::string> const& queues) {
  auto const own = own_at_the_head(queues);
  Answers answers;
  for (std::size_t i = 0; i != queues.size(); ++i)
    if (own[i] != 0)
      floor_.house.handle(relay::Asked{.ticket = 0,
                                       .reader = stations,
                                       .queue = queues[i],
                                       .max = static_cast<std::uint32_t>(own[i]),
                                       .lease = lease},
                          answers.next());
  std::vector<relay::CopyId> out;
  relay::Released others;
  for (auto const& reply : answers.all()) {
    auto const* const handed = std::get_if<relay::Hand>(&reply);
    if (handed == nullptr) continue;
    std::scoped_lock const lock{mutex_};
    for (auto const& copy : handed->copies)
      (is_own(copy.id.message) ? out : others.copies).push_back(copy.id);
  }
  if (!others.copies.empty()) floor_.house.handle(std::move(others), nullptr);
  return out;
}

// One round of all stations of this switch. How many copies were taken.
std::size_t TestTraffic::collect() {
  auto const queues = [this] {
    std::scoped_lock const lock{mutex_};
    return tally_.waiting();
  }();
  auto copies = hand(queues);
  auto const taken = copies.size();
  if (taken == 0) return 0;
  Answers answers;
  floor_.house.handle(relay::Acknowledged{.ticket = 0, .copies = std::move(copies)}, answers.next());
  (void)answers.all();
  return taken;
}

void TestTraffic::end(std::string_view why, generator::Stream const& stream) {
  {
    std::unique_lock lock{mutex_};
    woken_.wait(lock, [this] { return unanswered_ == 0; });
    told_.set_running(false);
    told_.set_why_ended(std::string{why});
    *told_.mutable_ended() = now();
    for (auto const& fault : stream.impossible()) told_.add_impossible(std::string{name(fault)});
  }
  publish();
}

void TestTraffic::publish() {
  if (!floor_.events.heard()) return;
  std::vector<v1::Event> events(1);
  *events.front().mutable_traffic() = state();
  floor_.events.publish(std::move(events));
}

}  // namespace torntape::service
