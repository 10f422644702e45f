#include "router/feed/feeds.hpp"

#include <atomic>
#include <functional>
#include <iterator>
#include <random>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "router/feed/feed.hpp"
#include "router/feed/inbox.hpp"
#include "traffic/send/destinations.hpp"

namespace torntape::feed {
namespace {

using namespace std::chrono_literals;
using grammar::Precedence;
using Clock = std::chrono::steady_clock;

constexpr auto look_up = 20ms;               // from a destination that answers when it likes
constexpr auto refresh = 15s;                // copies that another reader gave back are found so
constexpr auto tending = 5s;                 // a destination that has nothing to do: heartbeats
constexpr auto refresh_soon = 1s;            // where the switch has no relay now
constexpr auto drain = 3s;                   // for answers, at the end
constexpr std::size_t most_names = 100'000;  // of queues, known to be a feed's or not
constexpr relay::ReaderId first_reader = relay::ReaderId{1} << 62U;  // beyond those of connections

// The highest precedence that waits in a queue, of the kinds wanted.
std::optional<Precedence> highest(relay::QueueDepth const& queue, Settings const& settings) {
  std::optional<Precedence> found;
  for (auto const& lane : queue.lanes) {
    bool const wanted = lane.kind == grammar::AddresseeKind::action ? settings.action : settings.info;
    if (wanted && lane.waiting != 0) found = std::max(found.value_or(Precedence::none), lane.precedence);
  }
  return found;
}

// The value of a label, between its quotes.
std::string escaped(std::string_view value) {
  std::string out;
  for (char const c : value) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

}  // namespace

// One feed and its thread.
class Feeds::Worker {
 public:
  Worker(Settings settings, std::unique_ptr<send::Destination> destination)
      : settings_{std::move(settings)}, destination_{std::move(destination)} {}
  ~Worker() { stop(); }
  Worker(Worker const&) = delete;
  Worker& operator=(Worker const&) = delete;

  [[nodiscard]] Settings const& settings() const { return settings_; }
  [[nodiscard]] std::shared_ptr<Inbox> inbox() const { return inbox_; }
  [[nodiscard]] Figures figures() const {
    std::scoped_lock const lock{mutex_};
    return figures_;
  }

  void start(service::Switch& house, relay::ReaderId reader) {
    thread_ = std::thread{[this, &house, reader] { run(house, reader); }};
  }
  void stop_soon() {
    stopped_ = true;
    inbox_->wake();
  }
  void stop() {
    stop_soon();
    if (thread_.joinable()) thread_.join();
  }

 private:
  [[nodiscard]] House seen_by_feed(service::Switch& house, relay::ReaderId reader) const {
    House seen;
    seen.name = house.here().empty() ? "SWITCH" : house.here();
    seen.reader = reader;
    seen.handle = [&house, inbox = inbox_](relay::Event event, service::Answer answer) {
      house.handle(std::move(event), [inbox, answer = std::move(answer)](service::Reply reply) {
        inbox->put([answer, reply = std::move(reply)] { answer(reply); });
      });
    };
    seen.text = [&house](relay::MessageNumber number) -> std::optional<std::string> {
      auto found = house.store().message(number);
      auto* const stored = std::get_if<store::Store::Stored>(&found);
      return stored == nullptr ? std::nullopt : std::optional{std::move(stored->text)};
    };
    return seen;
  }

  void run(service::Switch& house, relay::ReaderId reader) {
    Feed feed{settings_,
              *destination_,
              seen_by_feed(house, reader),
              [] { return Clock::now(); },
              std::random_device{}(),
              [](std::string const& what) { spdlog::warn("feed {}", what); }};
    while (!stopped_) {
      if (Clock::now() >= refresh_at_) ask_for_all(house, feed);
      if (Clock::now() >= tend_at_) {
        feed.tend();
        tend_at_ = Clock::now() + tending;
      }
      round(feed, std::min({feed.due(), refresh_at_, tend_at_}));
    }
    feed.stop();
    for (auto const late = Clock::now() + drain; !feed.empty() && Clock::now() < late;)
      round(feed, Clock::now() + look_up);
    inbox_->close();
    house.handle(relay::ReaderGone{.reader = reader}, nullptr);
  }

  void round(Feed& feed, send::Time until) {
    auto const now = Clock::now();
    auto mail = inbox_->take(feed.out() ? now : until);
    for (auto const& [queue, precedence] : mail.arrived) feed.arrived(queue, precedence);
    for (auto const& answer : mail.answers) answer();
    feed.work(Clock::now() + look_up);
    std::scoped_lock const lock{mutex_};
    figures_ = feed.figures();
  }

  void ask_for_all(service::Switch& house, Feed& feed) {
    refresh_at_ = Clock::now() + refresh;
    house.ask(service::QueuesAsked{}, [this, &feed, inbox = inbox_](service::Reply reply) {
      inbox->put([this, &feed, reply = std::move(reply)] { take_all(feed, reply); });
    });
  }
  void take_all(Feed& feed, service::Reply const& reply) {
    auto const* const all = std::get_if<service::Queues>(&reply);
    if (all == nullptr) {
      refresh_at_ = Clock::now() + refresh_soon;
      return;
    }
    for (auto const& queue : all->queues)
      if (auto const precedence = highest(queue, settings_); precedence && takes_from(settings_, queue.name))
        feed.arrived(queue.name, *precedence);
  }

  Settings settings_;
  std::unique_ptr<send::Destination> destination_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::atomic<bool> stopped_{false};
  send::Time refresh_at_{}, tend_at_{};
  mutable std::mutex mutex_;
  Figures figures_;
  std::thread thread_;
};

// Tells the feeds what has arrived, on the commit thread.
class Feeds::Watch {
 public:
  void add(Settings settings, std::shared_ptr<Inbox> inbox) {
    feeds_.push_back({std::move(settings), std::move(inbox)});
  }
  void operator()(service::Committed const& committed) {
    for (auto const& record : committed.records)
      if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
        for (auto const& copy : accepted->envelope.copies) tell(copy);
      else if (auto const* const moved = std::get_if<relay::Moved>(&record))
        for (auto const& copy : moved->into) tell(copy);
  }

 private:
  struct One {
    Settings settings;
    std::shared_ptr<Inbox> inbox;
  };

  void tell(relay::EnvelopeCopy const& copy) {
    for (auto const* const feed : feeds_of(copy.queue)) {
      auto const& settings = feed->settings;
      if (copy.kind == grammar::AddresseeKind::action ? settings.action : settings.info)
        feed->inbox->arrived(copy.queue, copy.precedence);
    }
  }
  std::vector<One const*> const& feeds_of(std::string const& queue) {
    if (by_queue_.size() >= most_names) by_queue_.clear();
    auto const [place, fresh] = by_queue_.try_emplace(queue);
    if (fresh)
      for (auto const& one : feeds_)
        if (takes_from(one.settings, queue)) place->second.push_back(&one);
    return place->second;
  }

  std::vector<One> feeds_;  // not changed once it watches
  std::unordered_map<std::string, std::vector<One const*>> by_queue_;
};

Feeds::Feeds(std::vector<std::unique_ptr<Worker>> workers) : workers_{std::move(workers)} {}
Feeds::~Feeds() { stop(); }

std::variant<std::unique_ptr<Feeds>, std::string> Feeds::open(std::vector<Settings> feeds) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (auto& settings : feeds) {
    auto const address = send::read_address(settings.to);
    if (auto const* const why = std::get_if<std::string>(&address)) return *why;
    auto opened = send::open(std::get<send::Address>(address));
    if (auto const* const why = std::get_if<std::string>(&opened))
      return fmt::format("feed {}: {}", settings.name, *why);
    workers.push_back(std::make_unique<Worker>(
        std::move(settings), std::move(std::get<std::unique_ptr<send::Destination>>(opened))));
  }
  return std::unique_ptr<Feeds>{new Feeds{std::move(workers)}};
}

void Feeds::start(service::Switch& house) {
  auto const watch = std::make_shared<Watch>();
  for (auto const& worker : workers_) watch->add(worker->settings(), worker->inbox());
  house.watch([watch](service::Committed const& committed) { (*watch)(committed); });
  auto reader = first_reader;
  for (auto const& worker : workers_) worker->start(house, reader++);
}

void Feeds::stop() {
  for (auto const& worker : workers_) worker->stop_soon();
  for (auto const& worker : workers_) worker->stop();
}

std::string Feeds::metrics() const {
  std::vector<std::pair<std::string, Figures>> all;
  for (auto const& worker : workers_) all.emplace_back(escaped(worker->settings().name), worker->figures());
  std::string out;
  auto const write = [&](std::string_view name, std::string_view type, std::string_view help,
                         auto const& value) {
    fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
    for (auto const& [feed, figures] : all)
      fmt::format_to(std::back_inserter(out), "{}{{feed=\"{}\"}} {}\n", name, feed, value(figures));
  };
  write("torntape_feed_confirmed_total", "counter", "Copies that the destination of a feed has confirmed.",
        [](Figures const& figures) { return figures.confirmed; });
  write("torntape_feed_dead_letters_total", "counter", "Copies that it does not take.",
        [](Figures const& figures) { return figures.dead_letters; });
  write("torntape_feed_repeats_total", "counter", "Copies handed over again.",
        [](Figures const& figures) { return figures.repeats; });
  write("torntape_feed_under_way", "gauge", "Copies handed over or waiting to be tried again.",
        [](Figures const& figures) { return figures.under_way; });
  write("torntape_feed_up", "gauge", "Whether the destination takes what comes, as far as is known.",
        [](Figures const& figures) { return figures.up ? 1 : 0; });
  return out;
}

}  // namespace torntape::feed
