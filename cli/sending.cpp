#include "cli/sending.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <poll.h>

#include "cli/choice.hpp"
#include "cli/client.hpp"
#include "cli/duration.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/send_report.hpp"
#include "cli/value.hpp"
#include "traffic/send/destinations.hpp"
#include "traffic/send/expectation.hpp"
#include "traffic/send/faults.hpp"
#include "traffic/send/lane.hpp"
#include "traffic/send/quantity.hpp"
#include "traffic/send/report.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr std::uint64_t most_messages = 1'000'000'000;
constexpr std::size_t largest_window = 10'000;
constexpr int glance = 100;  // milliseconds between looks at how far it has got

// What is to be added to a time of the steady clock to have that of the day.
nanoseconds since_epoch() {
  return std::chrono::system_clock::now().time_since_epoch() - Clock::now().time_since_epoch();
}

nanoseconds since_midnight() {
  auto const now = std::chrono::system_clock::now();
  return now - std::chrono::floor<std::chrono::days>(now);
}

// Keys of different runs differ.
std::string run_name() {
  std::random_device device;
  return fmt::format("{:08x}{:08x}", device(), device());
}

// --record: one line for every message whose outcome is known, from all lanes.
class Record {
 public:
  [[nodiscard]] std::optional<std::string> open(std::string const& path) {
    on_ = !path.empty();
    return on_ ? output_.open(path) : std::nullopt;
  }
  void tell(std::string const& destination, send::Passage const& passage) {
    if (!on_) return;
    auto line = wire::to_json(send::to_proto(destination, passage, since_epoch_)) + '\n';
    std::lock_guard const lock{mutex_};
    output_.write(line);
  }
  [[nodiscard]] std::optional<std::string> close() { return on_ ? output_.close() : std::nullopt; }

 private:
  nanoseconds since_epoch_ = since_epoch();
  std::mutex mutex_;
  Output output_;
  bool on_ = false;
};

// A destination with all it takes to send to it.
struct Sender {
  std::string name;
  std::unique_ptr<send::Destination> destination;
  std::unique_ptr<send::Source> source;
  std::unique_ptr<send::Lane> lane;
  std::atomic<bool> done{false};
  std::thread thread;
};
using Senders = std::vector<std::unique_ptr<Sender>>;

// A value, or what is wrong in words.
template <class T>
using Or = std::variant<T, std::string>;

Or<std::size_t> window_of(send::Address const& address, std::size_t otherwise) {
  if (!address.options.contains("window")) return otherwise;
  auto const number = send::read_number(address.option("window"));
  if (!number || *number < 1 || *number > largest_window)
    return fmt::format("{}: window is 1 to {}", address.text, largest_window);
  return static_cast<std::size_t>(*number);
}

Or<send::Pace> pace_of(std::string const& text) {
  if (auto const pace = send::read_pace(text)) return *pace;
  return fmt::format(
      "'{}' is no rate; there is 100/s, 600/min, poisson:100/s, ramp:10-500/s:60s, burst:50:10s, "
      "day:20000, max",
      text);
}

Or<send::LaneOptions> lane_options(SendingOptions const& options, send::Address const& address,
                                   std::uint64_t seed) {
  auto pace = pace_of(address.option("rate", options.rate.value_or("max")));
  if (auto* const why = std::get_if<std::string>(&pace)) return std::move(*why);
  auto window = window_of(address, options.window);
  if (auto* const why = std::get_if<std::string>(&window)) return std::move(*why);
  send::LaneOptions lane;
  lane.pace = std::get<send::Pace>(pace);
  lane.window = std::get<std::size_t>(window);
  lane.seed = seed;
  lane.since_midnight = since_midnight();
  if (options.count) lane.count = *options.count;
  if (options.lasting) lane.lasting = *options.lasting;
  lane.attempts = options.attempts;
  lane.give_up = options.give_up;
  lane.repeat_unknown = options.repeat_unknown;
  return lane;
}

class Sending {
 public:
  Sending(SendingOptions const& options, std::uint64_t seed, MakeSource const& make_source,
          Context const& context)
      : options_{options}, seed_{seed}, make_source_{make_source}, context_{context} {}

  int run(TellOffered const& tell_offered) {
    if (auto const why = prepare()) {
      if (!why->empty()) complain(*why);
      return failed;
    }
    auto const interrupted = work();
    v1::SendReport report;
    report.set_interrupted(interrupted);
    for (auto const& sender : senders_)
      *report.add_destinations() = send::to_proto(sender->name, sender->lane->tally(), expectations_);
    if (tell_offered) tell_offered(most_offered());
    senders_.clear();
    if (auto const why = record_.close()) return complain(*why), failed;
    if (!options_.fault_label.empty())
      if (auto const why = labels_.close()) return complain(*why), failed;
    Output output;
    output.write(options_.format == ReportFormat::json ? wire::to_json(report) + '\n' : in_text(report));
    auto const code = finished(output);
    return code == ok ? exit_code(report) : code;
  }

 private:
  [[nodiscard]] std::optional<std::string> prepare() {
    auto read = send::read_expectations(options_.expect);
    if (auto* const why = std::get_if<std::string>(&read)) return "--expect: " + *why;
    expectations_ = std::move(std::get<0>(read));
    auto faults = send::read_faults(options_.fault);
    if (auto* const why = std::get_if<std::string>(&faults)) return "--fault: " + *why;
    if (!options_.fault.empty()) faults_ = std::get<send::FaultPlan>(faults);
    if (!options_.fault_label.empty() && !faults_)
      return "--fault-label without --fault: there is nothing to label";
    if (auto why = record_.open(options_.record)) return why;
    if (!options_.fault_label.empty())
      if (auto why = labels_.open(options_.fault_label)) return why;
    for (auto const& to : options_.to)
      if (auto why = add(to)) return why;
    return std::nullopt;
  }

  [[nodiscard]] std::uint64_t most_offered() const {
    std::uint64_t most = 0;
    for (auto const& sender : senders_) most = std::max(most, sender->lane->tally().offered);
    return most;
  }

  [[nodiscard]] std::optional<std::string> add(std::string const& to) {
    auto const read = send::read_address(to);
    if (auto const* const why = std::get_if<std::string>(&read)) return *why;
    auto const& address = std::get<send::Address>(read);
    auto lane = lane_options(options_, address, seed_);
    if (auto* const why = std::get_if<std::string>(&lane)) return *why;
    auto opened = send::open(address, {"rate", "window"});
    if (auto* const why = std::get_if<std::string>(&opened)) return *why;
    auto sender = std::make_unique<Sender>();
    sender->name = address.text;
    sender->destination = std::move(std::get<0>(opened));
    sender->source = make_source_();
    if (!sender->source) return "";  // why was told
    if (faults_) sender->source = faulty(std::move(sender->source));
    auto& settings = std::get<send::LaneOptions>(lane);
    settings.run = run_;
    auto const tell = [this, name = sender->name](send::Passage const& passage) {
      record_.tell(name, passage);
    };
    sender->lane = std::make_unique<send::Lane>(
        *sender->destination, *sender->source, settings, [] { return Clock::now(); }, tell);
    senders_.push_back(std::move(sender));
    return std::nullopt;
  }

  // Every destination has the same faults; they are labelled once.
  std::unique_ptr<send::Source> faulty(std::unique_ptr<send::Source> good) {
    send::Faulty::Tell tell;
    if (!options_.fault_label.empty() && senders_.empty())
      tell = [this](send::Fault const& fault) { labels_.write(wire::to_json(send::to_proto(fault)) + '\n'); };
    return std::make_unique<send::Faulty>(std::move(good), *faults_, seed_, std::move(tell));
  }

  // True where it was interrupted.
  bool work() {
    Interrupt const interrupt;
    Progress progress{context_, false, options_.count.value_or(0) * senders_.size(), "messages done"};
    for (auto const& sender : senders_)
      sender->thread = std::thread{[&one = *sender] {
        one.lane->run();
        one.done = true;
      }};
    auto interrupted = false;
    while (!std::ranges::all_of(senders_, [](auto const& sender) { return sender->done.load(); })) {
      pollfd signal{.fd = interrupted ? -1 : interrupt.descriptor(), .events = POLLIN, .revents = 0};
      if (::poll(&signal, 1, glance) > 0 && interrupt.came()) {
        interrupted = true;
        for (auto const& sender : senders_) sender->lane->stop();
      }
      std::uint64_t done = 0;
      for (auto const& sender : senders_) done += sender->lane->tally().done();
      progress.at(done, done);
    }
    for (auto const& sender : senders_) sender->thread.join();
    progress.clear();
    return interrupted;
  }

  SendingOptions const& options_;
  std::uint64_t seed_;
  MakeSource const& make_source_;
  Context const& context_;
  std::string run_ = run_name();
  std::vector<send::Expectation> expectations_;
  std::optional<send::FaultPlan> faults_;
  Record record_;
  Output labels_;
  Senders senders_;
};

}  // namespace

void add_sending_options(CLI::App& command, SendingOptions& options) {
  command
      .add_option(
          "--to", options.to,
          "where to: file:///DIR/, torntape://, tcp://, http(s)://, smtp(s)://, nats://, amqp://; several "
          "get all messages each. ?rate= and ?window= hold for one alone; docs/sending.md has the others")
      ->required()
      ->type_size(1)
      ->allow_extra_args(false)
      ->option_text("DEST");
  command
      .add_option(
          "--rate", options.rate,
          "the pace: 100/s, 600/min, poisson:100/s, ramp:10-500/s:60s, burst:50:10s, day:20000, or max, as "
          "fast as there is room, which is the default")
      ->option_text("PACE");
  command.add_option("--count", options.count, "so many messages; all there are unless given")
      ->check(whole_number(1, most_messages))
      ->option_text("N");
  add_duration(
      command, "--for", std::chrono::hours{24 * 366},
      [&options](std::chrono::seconds time) { options.lasting = time; },
      "so long: 60s, 5m, 1h; a number alone is seconds");
  command.add_option("--window", options.window, "so many under way at once; 64 unless given")
      ->check(whole_number(1, largest_window))
      ->option_text("N");
  command
      .add_option("--attempts", options.attempts,
                  "how often a message is offered that the destination could not take; 8 unless given")
      ->check(whole_number(1, 1'000))
      ->option_text("N");
  add_duration(
      command, "--give-up", std::chrono::hours{24},
      [&options](std::chrono::seconds time) { options.give_up = time; },
      "give a destination up that takes nothing for so long; 30s unless given");
  command.add_flag("--repeat-unknown", options.repeat_unknown,
                   "send again what went out unanswered, though it may then be there twice");
  command
      .add_option("--expect", options.expect,
                  "what must hold, or the exit code is 1: p99<50ms,refused=0,rate>=900/s")
      ->check(not_empty())
      ->option_text("LIST");
  command
      .add_option("--record", options.record,
                  "what became of every message: a SentMessage (torntape.v1) a line")
      ->option_text("FILE");
  command
      .add_option("--fault", options.fault,
                  "what a bad line does: garble=0.001 of all impulses; of all messages so many drop=0.01, "
                  "duplicate=0.01, reorder=0.01, cut=0.01, stall=0.001:5s")
      ->check(not_empty())
      ->option_text("LIST");
  command
      .add_option("--fault-label", options.fault_label,
                  "what was done to which message: a Label (torntape.v1) a line")
      ->option_text("FILE");
  add_choice(command, "--report", options.format,
             Choices<ReportFormat>{{"text", ReportFormat::text}, {"json", ReportFormat::json}},
             "for people, or a SendReport (torntape.v1)")
      ->option_text("FORMAT");
}

int send_all(SendingOptions const& options, std::uint64_t seed, MakeSource const& make_source,
             Context const& context, TellOffered const& offered) {
  return Sending{options, seed, make_source, context}.run(offered);
}

}  // namespace torntape::cli
