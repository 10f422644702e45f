#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <poll.h>

#include "cli/client.hpp"
#include "cli/command.hpp"
#include "cli/duration.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/value.hpp"
#include "traffic/receive/receiver.hpp"
#include "traffic/receive/record.hpp"

namespace torntape::cli {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto glance = 50ms;

struct Options {
  std::vector<std::string> from;
  std::string output, stream;
  std::uint64_t count = 0;
  std::chrono::seconds lasting{0}, idle{0};
};

class Receive {
 public:
  Receive(Options const& options, Context const& context) : options_{options}, context_{context} {}

  int run() {
    if (auto const why = prepare()) return complain(*why), failed;
    for (auto const& receiver : receivers_)
      if (!context_.quiet) remark("receiving from " + receiver->where());
    std::vector<std::thread> threads;
    threads.reserve(receivers_.size());
    for (auto const& receiver : receivers_) threads.emplace_back([this, &one = *receiver] { work(one); });
    wait();
    stopped_ = true;
    for (auto& thread : threads) thread.join();
    if (!failure_.empty()) return complain(failure_), failed;
    if (!context_.quiet) remark(fmt::format("{} received", record_.kept()));
    return options_.count != 0 && record_.kept() < options_.count ? found : ok;
  }

 private:
  [[nodiscard]] std::optional<std::string> prepare() {
    auto why =
        options_.stream.empty() ? record_.open_lines(options_.output) : record_.open_stream(options_.stream);
    if (why) return why;
    for (auto const& from : options_.from) {
      auto const read = send::read_address(from);
      if (auto const* const wrong = std::get_if<std::string>(&read)) return *wrong;
      auto opened = receive::open(std::get<send::Address>(read));
      if (auto* const wrong = std::get_if<std::string>(&opened)) return *wrong;
      receivers_.push_back(std::move(std::get<0>(opened)));
    }
    return std::nullopt;
  }

  // A receiver on its thread: nothing is acknowledged that is not kept.
  void work(receive::Receiver& receiver) {
    std::string trouble;
    while (!stopped_) {
      std::vector<receive::Receipt> receipts;
      receiver.work(Clock::now() + glance, receipts);
      if (!receipts.empty() && !keep(receiver, receipts)) return;
      if (auto now = receiver.trouble(); now != trouble) {
        if (!now.empty()) complain(receiver.where() + ": " + now);
        trouble = std::move(now);
      }
    }
    std::vector<receive::Receipt> receipts;
    receiver.work(Clock::now(), receipts);
    if (!receipts.empty() && !keep(receiver, receipts)) return;
    receipts.clear();
    receiver.finish(receipts);
    if (!receipts.empty()) keep(receiver, receipts);
  }

  bool keep(receive::Receiver const& receiver, std::vector<receive::Receipt> const& receipts) {
    std::lock_guard const lock{mutex_};
    auto const why = record_.keep(receiver.where(), receipts);
    if (why && failure_.empty()) failure_ = *why;
    last_ = Clock::now();
    kept_ = record_.kept();
    return !why;
  }

  [[nodiscard]] bool over(Clock::time_point began) {
    std::lock_guard const lock{mutex_};
    auto const now = Clock::now();
    if (!failure_.empty()) return true;
    if (options_.count != 0 && kept_ >= options_.count) return true;
    if (options_.lasting > 0s && now - began >= options_.lasting) return true;
    return options_.idle > 0s && kept_ != 0 && now - last_ >= options_.idle;
  }

  void wait() {
    Interrupt const interrupt;
    Progress progress{context_, false, options_.count, "messages received"};
    auto const began = Clock::now();
    while (!over(began)) {
      pollfd signal{.fd = interrupt.descriptor(), .events = POLLIN, .revents = 0};
      if (::poll(&signal, 1, static_cast<int>(glance.count())) > 0) break;
      progress.at(kept_, kept_);
    }
  }

  Options const& options_;
  Context const& context_;
  std::mutex mutex_;
  receive::Record record_;
  std::string failure_;
  Clock::time_point last_ = Clock::now();
  std::atomic<std::uint64_t> kept_{0};
  std::atomic<bool> stopped_{false};
  std::vector<std::unique_ptr<receive::Receiver>> receivers_;
};

}  // namespace

void add_receive(CLI::App& app, Context& context) {
  auto* const command =
      app.add_subcommand("receive",
                         "Records what leaves the system under test.\n\n"
                         "tcp://, smtp:// and http:// listen; nats:// and torntape:// collect; file:// "
                         "watches. Each message becomes a "
                         "ReceivedMessage (torntape.v1), one a line, with its time of arrival. Nothing is "
                         "acknowledged to its sender "
                         "before it is on disk. It ends at Ctrl-C, or as --count, --for or --idle say.");
  auto const options = std::make_shared<Options>();
  command
      ->add_option(
          "--from", options->from,
          "where from: tcp://127.0.0.1:12727, smtp://127.0.0.1:2525, http://127.0.0.1:8000, "
          "nats://HOST:PORT/SUBJECT, torntape://HOST:PORT/QUEUE, file:///DIR/; may stand several times")
      ->required()
      ->type_size(1)
      ->allow_extra_args(false)
      ->option_text("SOURCE");
  auto* const output =
      command->add_option("--output", options->output, "add to this file; standard output unless given")
          ->option_text("FILE");
  command
      ->add_option("--stream", options->stream,
                   "the messages themselves to this file, and an index to FILE.jsonl")
      ->excludes(output)
      ->option_text("FILE");
  command
      ->add_option("--count", options->count,
                   "end after so many messages; the exit code is 1 if there were fewer")
      ->check(whole_number(1))
      ->option_text("N");
  add_duration(
      *command, "--for", std::chrono::hours{24 * 366},
      [options](std::chrono::seconds time) { options->lasting = time; }, "end after this time");
  add_duration(
      *command, "--idle", std::chrono::hours{24},
      [options](std::chrono::seconds time) { options->idle = time; },
      "end when some have come and nothing more came for so long");
  command->footer(
      footer({{"torntape receive --from tcp://127.0.0.1:12727 --stream out.txt", "the far end of a circuit"},
              {"torntape receive --from smtp://127.0.0.1:2525 --count 100 > mail.jsonl",
               "a mail server that takes all"}},
             {{ok, "ended as asked"},
              {found, "fewer messages than --count"},
              {failed, "cannot listen, connect or write"}}));
  command->callback([options, &context] { context.exit_code = Receive{*options, context}.run(); });
}

}  // namespace torntape::cli
