#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/client.hpp"
#include "cli/command.hpp"
#include "cli/duration.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

enum class Format : unsigned char { text, json };

struct Options {
  std::string queue;
  std::uint32_t max = 0;  // 0: all there are
  bool follow = false;
  bool peek = false;
  std::optional<std::chrono::seconds> lease;
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  SwitchOptions where;
  Format format = Format::text;
};

constexpr std::uint32_t batch = 100;               // copies asked for at once
constexpr std::uint32_t peek_most = 1000;          // a switch shows no more
constexpr std::int64_t wait_seconds = 30;          // of one question; then it is asked again
constexpr std::chrono::seconds switch_silent{60};  // a subscription hears something as often
constexpr std::chrono::hours longest_lease{1};

std::string label(v1::Copy const& copy) {
  return fmt::format("copy {}  {}  {}  {}  accepted {}{}\n", copy.id(), printable(copy.queue()),
                     in_words(copy.kind()), in_words(copy.precedence()),
                     in_words(copy.message().accepted_at()),
                     copy.suspected_duplicate() ? "  suspected duplicate" : "");
}

class Collect {
 public:
  Collect(Options const& options, Context const& context, Client& client)
      : options_{options}, context_{context}, client_{client} {}

  // What is to follow without end is sent by the switch as it comes; anything else is asked for.
  int run() { return options_.follow && options_.max == 0 ? follow() : ask(); }

 private:
  int ask() {
    for (;;) {
      auto const response = client_.call(request(), &interrupt_);
      if (!response) return interrupted() ? ok : fail(client_.failure());
      if (response->has_refusal()) return refused(response->refusal());
      auto const& copies = response->collect();
      tell_damaged(copies);
      if (!write(copies)) return failed;
      if (!options_.peek && copies.copies_size() != 0 && !acknowledge(copies)) return failed;
      taken_ += static_cast<std::uint32_t>(copies.copies_size());
      if (enough(copies) || interrupted()) return end();
    }
  }

  int follow() {
    if (!client_.send(subscription())) return fail(client_.failure());
    if (!take(client_.receive(&interrupt_))) return interrupted() ? end() : failure();  // granted
    for (;;) {
      auto const copies = next_sent();
      if (!copies) return interrupted() ? end() : failure();
      tell_damaged(*copies);
      if (!write(*copies)) return failed;
      if (copies->copies_size() != 0 && !acknowledge(*copies)) return failed;
      taken_ += static_cast<std::uint32_t>(copies->copies_size());
    }
  }

  // None where no more will come: an interrupt, a refusal, or a connection that is lost.
  std::optional<v1::CollectResponse> next_sent() {
    while (sent_.empty())
      if (interrupted() || !take(client_.receive(&interrupt_, switch_silent))) return std::nullopt;
    auto copies = std::move(sent_.front());
    sent_.pop_front();
    return copies;
  }

  // What is no copies is an answer to something else. False where there is nothing more to take.
  bool take(std::optional<v1::Response> response) {
    if (!response) return false;
    if (response->has_collect()) sent_.push_back(std::move(*response->mutable_collect()));
    if (response->has_refusal()) refusal_ = response->refusal();
    return !refusal_;
  }

  int failure() { return refusal_ ? refused(*refusal_) : fail(client_.failure()); }

  [[nodiscard]] v1::Request subscription() {
    v1::Request request;
    request.set_id(++last_id_);
    auto& subscribe = *request.mutable_subscribe();
    subscribe.set_queue(options_.queue);
    subscribe.set_credit(batch);
    subscribe.set_kind(options_.kind);
    if (options_.lease) subscribe.mutable_lease()->set_seconds(options_.lease->count());
    return request;
  }

  // The answer to a request; copies that are sent in between come next.
  std::optional<v1::Response> answer_to(v1::Request const& request) {
    if (!client_.send(request)) return std::nullopt;
    for (;;) {
      auto response = client_.receive();
      if (!response || response->id() == request.id()) return response;
      if (!take(std::move(response))) return std::nullopt;
    }
  }

  int fail(std::string const& why) const {
    if (!why.empty()) complain(why);
    return failed;
  }

  // The way to end --follow.
  [[nodiscard]] bool interrupted() const { return options_.follow && interrupt_.came(); }

  int refused(v1::Refusal const& refusal) const {
    complain(refusal.message());
    return exit_code(refusal);
  }

  // Damaged copies are kept for this reader while it is here, so asking again gives those behind them.
  [[nodiscard]] bool enough(v1::CollectResponse const& copies) const {
    if (options_.peek || (options_.max != 0 && taken_ >= options_.max)) return true;
    return copies.copies_size() + copies.damaged_copy_ids_size() == 0 && !options_.follow;
  }

  void tell_damaged(v1::CollectResponse const& response) {
    for (auto const& id : response.damaged_copy_ids())
      complain(
          fmt::format("copy {} stays in the queue: its text is damaged in the store; file the message "
                      "again to make it whole",
                      id));
    damaged_ = damaged_ || response.damaged_copy_ids_size() != 0;
  }

  [[nodiscard]] int end() const {
    if (damaged_) return found;
    if (taken_ == 0 && !interrupted() && !context_.quiet)
      complain(fmt::format("nothing waits in {}", printable(options_.queue)));
    return ok;
  }

  [[nodiscard]] v1::Request request() {
    v1::Request request;
    request.set_id(++last_id_);
    auto& collect = *request.mutable_collect();
    auto const most = options_.peek ? peek_most : batch;
    collect.set_queue(options_.queue);
    collect.set_max(options_.max == 0 ? most : std::min(most, options_.max - taken_));
    collect.set_kind(options_.kind);
    collect.set_peek(options_.peek);
    if (options_.lease) collect.mutable_lease()->set_seconds(options_.lease->count());
    if (options_.follow) collect.mutable_wait()->set_seconds(wait_seconds);
    return request;
  }

  // True once it has left this process.
  bool write(v1::CollectResponse const& response) {
    for (auto const& copy : response.copies()) {
      // Copies that do not end their last line themselves are kept apart; nothing is added to the last one.
      if (!line_ended_) output_.write("\n");
      auto const text = in_format(copy);
      output_.write(text);
      line_ended_ = text.empty() || text.ends_with('\n');
    }
    auto const unwritten = output_.close();
    if (unwritten) fail(*unwritten);
    return !unwritten;
  }

  [[nodiscard]] std::string in_format(v1::Copy const& copy) const {
    if (options_.format == Format::json) return wire::to_json(copy) + '\n';
    auto text = shown(copy.message().text());
    if (context_.quiet) return text;
    return label(copy) + text + (text.ends_with('\n') ? "\n" : "\n\n");
  }

  bool acknowledge(v1::CollectResponse const& response) {
    v1::Request request;
    request.set_id(++last_id_);
    for (auto const& copy : response.copies()) request.mutable_acknowledge()->add_copy_ids(copy.id());
    auto const answer = answer_to(request);
    if (!answer) return failure(), false;
    if (answer->has_refusal()) complain("not acknowledged: " + answer->refusal().message());
    return !answer->has_refusal();
  }

  Options const& options_;
  Context const& context_;
  Client& client_;
  Interrupt interrupt_;
  Output output_;
  std::deque<v1::CollectResponse> sent_;  // and not yet written
  std::optional<v1::Refusal> refusal_;    // that ended the subscription
  std::uint64_t last_id_ = 0;
  std::uint32_t taken_ = 0;
  bool damaged_ = false;
  bool line_ended_ = true;  // of what was written
};

int collect(Options const& options, Context const& context) {
  if (options.peek && options.follow) return complain("--peek looks once: not with --follow"), failed;
  auto const client = connect_or_complain(options.where);
  return client ? Collect{options, context, *client}.run() : failed;
}

void add_options(CLI::App& command, Options& options) {
  command
      .add_option("QUEUE", options.queue,
                  "a routing indicator, or a plain language address that one queue has")
      ->required();
  command.add_option("--max", options.max, "at most so many copies, 1 or more; all unless given")
      ->option_text("N")
      ->check(CLI::Range(1U, 1'000'000'000U, "1 or more"));
  command.add_flag("--follow", options.follow, "wait for more, until interrupted or the connection ends");
  command.add_flag("--peek", options.peek, "look only: nothing is taken from the queue");
  add_duration(
      command, "--lease", longest_lease, [&options](std::chrono::seconds time) { options.lease = time; },
      "how long copies are kept for this reader before they are handed out again, 1h at most; 60s unless "
      "given");
  add_choice(command, "--kind", options.kind,
             Choices<v1::Kind>{{"action", v1::KIND_ACTION}, {"info", v1::KIND_INFO}}, "only these copies")
      ->option_text("KIND");
  add_switch_options(command, options.where);
  add_choice(command, "--format", options.format,
             Choices<Format>{{"text", Format::text}, {"json", Format::json}},
             "for people (with --quiet the messages alone, byte for byte), or a Copy (torntape.v1) a line")
      ->option_text("FORMAT");
}

}  // namespace

void add_collect(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "collect",
      "Takes copies from a queue of a running switch.\n\nHighest precedence first, first in first out "
      "within it. A copy is acknowledged, and so gone from the queue, once it is written out; one "
      "that could not be written stays.");
  auto const options = std::make_shared<Options>();
  add_options(*command, *options);
  command->footer(footer({{"torntape collect RUEHC", "everything that waits"},
                          {"torntape collect RUEHC --peek --max 1", "look at the next one"},
                          {"torntape collect RUEHC --follow --format json", "as they come, a Copy a line"}},
                         {{ok, "collected, also where nothing waits"},
                          {found, "no such queue, or a copy that is damaged in the store"},
                          {failed, "no switch answers, or the copies could not be written"}}));
  command->callback([options, &context] { context.exit_code = collect(*options, context); });
}

}  // namespace torntape::cli
