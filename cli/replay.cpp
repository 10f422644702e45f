#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <torntape/v1/sending.pb.h>

#include "cli/client.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/sending.hpp"
#include "cli/value.hpp"
#include "grammar/parser.hpp"
#include "traffic/send/marking.hpp"
#include "wire/date_time_group.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

using std::chrono::nanoseconds;

struct Options {
  std::vector<std::string> files;
  std::string journal, mark;
  double speed = 1;
  SendingOptions sending;
};

struct Again {
  std::string text;
  std::optional<nanoseconds> at;  // since the epoch
};

nanoseconds time_of(google::protobuf::Timestamp const& time) {
  return std::chrono::seconds{time.seconds()} + nanoseconds{time.nanos()};
}

// What it says of itself: its date-time group.
std::optional<nanoseconds> drawn_up(std::string const& text) {
  grammar::Parser parser;
  auto const time = wire::instant(parser.parse(text).preamble);
  if (!time) return std::nullopt;
  return time->time_since_epoch();
}

// What is to be replayed; or why it cannot be read.
class Reading {
 public:
  [[nodiscard]] std::optional<std::string> from_files(std::vector<std::string> const& files) {
    auto const inputs = find_inputs(files);
    if (!inputs.failures.empty()) return inputs.failures.front();
    for (auto const& input : inputs.files) {
      auto whole = read_whole(input);
      if (whole.failure) return whole.failure;
      if (auto why = whole.bytes.starts_with('{') ? from_lines(input.name, whole.bytes)
                                                  : from_texts(input, whole.bytes))
        return why;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::string> from_journal(std::string const& address) {
    SwitchOptions where;
    where.address = address;
    auto const client = connect_or_complain(where);
    if (!client) return "";
    std::vector<v1::Message> found;
    v1::Request request;
    auto& journal = *request.mutable_journal();
    journal.set_max(500);
    do {
      auto const response = client->call(request);
      if (!response) return client->failure();
      if (response->has_refusal()) return response->refusal().message();
      for (auto const& message : response->journal().messages()) found.push_back(message);
      journal.set_before(response->journal().next());
    } while (!journal.before().empty());
    for (auto at = found.rbegin(); at != found.rend(); ++at)
      if (auto why = fetch(*client, *at)) return why;
    return std::nullopt;
  }

  [[nodiscard]] std::vector<Again> take() { return std::move(messages_); }

 private:
  std::optional<std::string> from_texts(Input input, std::string& bytes) {
    input.content = std::make_shared<std::string const>(std::move(bytes));
    return read_messages(input, [&](grammar::Frame const& frame) {
      auto text = text_of(frame);
      auto const at = drawn_up(text);
      if (text.find_first_not_of(" \t\r\n") != std::string::npos) messages_.push_back({std::move(text), at});
      return true;
    });
  }

  // Of `receive` with the times of arrival, or of `send --record` with the intended ones.
  std::optional<std::string> from_lines(std::string const& name, std::string_view bytes) {
    for (std::size_t number = 1; !bytes.empty(); ++number) {
      auto const end = bytes.find('\n');
      auto const line = bytes.substr(0, end);
      bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
      v1::ReceivedMessage received;
      v1::SentMessage sent;
      if (line.empty()) continue;
      if (!wire::from_json(line, received))
        messages_.push_back({received.text(), time_of(received.received_at())});
      else if (auto const why = wire::from_json(line, sent))
        return fmt::format("{}:{}: neither a ReceivedMessage nor a SentMessage: {}", name, number, *why);
      else
        messages_.push_back({sent.text(), time_of(sent.intended_at())});
      if (messages_.back().text.empty())
        return fmt::format("{}:{}: no text: the index of a stream? Name the stream", name, number);
    }
    return std::nullopt;
  }

  std::optional<std::string> fetch(Client& client, v1::Message const& message) {
    v1::Request request;
    request.mutable_message()->set_id(message.id());
    auto const response = client.call(request);
    if (!response) return client.failure();
    if (response->has_refusal())
      return fmt::format("message {}: {}", message.id(), response->refusal().message());
    messages_.push_back({response->message().message().text(), time_of(message.accepted_at())});
    return std::nullopt;
  }

  std::vector<Again> messages_;
};

// Since the first of them, faster by `speed`; a message without a time, or of an earlier one, leaves with the
// one before it.
std::vector<send::Sourced> scheduled(std::vector<Again> messages, double speed, bool spaced) {
  std::vector<send::Sourced> all;
  std::optional<nanoseconds> first;
  nanoseconds last{0};
  for (auto& message : messages) {
    send::Sourced one{.text = std::move(message.text)};
    if (spaced) {
      if (!first && message.at) first = *message.at;
      if (message.at) last = std::max(last, *message.at - *first);
      one.at = std::chrono::duration_cast<nanoseconds>(last / speed);
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::optional<std::string> mark(std::vector<Again>& messages, std::string const& signal) {
  if (signal.empty()) return std::nullopt;
  if (signal != "ZFD" && signal != "ZDK") return fmt::format("--mark: '{}' is neither ZFD nor ZDK", signal);
  std::size_t unmarked = 0;
  for (auto& message : messages) {
    auto text = send::marked(message.text, signal);
    unmarked += text ? 0 : 1;
    if (text) message.text = std::move(*text);
  }
  if (unmarked != 0) remark(fmt::format("{} without FL4 and FL5 are not marked", unmarked));
  return std::nullopt;
}

int replay(Options options, Context const& context) {
  Reading reading;
  if (!options.journal.empty() && !options.files.empty())
    return complain("--journal and files: which is to be replayed?"), failed;
  if (options.journal.empty()) options.files = or_standard_input(std::move(options.files));
  if (options.journal.empty() && options.files.empty())
    return complain("nothing to replay: name a file, or --journal"), failed;
  auto why =
      options.journal.empty() ? reading.from_files(options.files) : reading.from_journal(options.journal);
  auto messages = reading.take();
  if (!why && messages.empty())
    why = fmt::format("{}: no message in it", options.journal.empty()
                                                  ? fmt::format("{}", fmt::join(options.files, ", "))
                                                  : options.journal);
  if (!why) why = mark(messages, options.mark);
  if (why) {
    if (!why->empty()) complain(*why);
    return failed;
  }
  auto const all = std::make_shared<std::vector<send::Sourced> const>(
      scheduled(std::move(messages), options.speed, !options.sending.rate));
  auto const source = [all]() -> std::unique_ptr<send::Source> {
    return std::make_unique<send::FromFunction>(
        [all, next = std::size_t{0}]() mutable -> std::optional<send::Sourced> {
          if (next == all->size()) return std::nullopt;
          return (*all)[next++];
        });
  };
  return send_all(options.sending, 1, source, context);
}

}  // namespace

void add_replay(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "replay",
      "Sends messages again, with the spacing they had.\n\n"
      "The times are those of the journal, of what 'receive' or 'send --record' wrote, or of the date-time "
      "groups. "
      "--rate takes another pace. Nothing is changed in the messages unless --mark says so.");
  auto const options = std::make_shared<Options>();
  command->add_option("FILE", options->files, "messages, or lines that 'receive' and 'send --record' write");
  command
      ->add_option("--journal", options->journal,
                   "everything that the switch with this Protobuf port has accepted")
      ->option_text("ADDR:PORT");
  command->add_option("--speed", options->speed, "so many times as fast; 1 unless given")
      ->check(number_between(0.001, 1e6))
      ->option_text("X");
  command
      ->add_option("--mark", options->mark,
                   "marked as a retransmission: ZFD, a suspected duplicate, or ZDK, a repetition asked for")
      ->option_text("SIGNAL");
  add_sending_options(*command, options->sending);
  command->footer(footer(
      {{"torntape replay mail.jsonl --speed 10 --to tcp://127.0.0.1:12727?channel=TAI", "ten times as fast"},
       {"torntape replay --journal localhost:12701 --mark ZFD --to file:///tmp/again/",
        "a switch's journal as files"}},
      {{ok, "all is confirmed or sent, and what was expected holds"},
       {found, "a message was refused, failed or is unknown, or an expectation is not met"},
       {failed, "a destination was given up, or what is to be replayed cannot be read"}}));
  command->callback([options, &context] { context.exit_code = replay(*options, context); });
}

}  // namespace torntape::cli
