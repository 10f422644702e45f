#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/client.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "router/service/limits.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

enum class Format : unsigned char { text, json };

struct Options {
  std::vector<std::string> files;
  SwitchOptions where;
  Format format = Format::text;
};

// Requests under way at once: enough to share a commit, few enough for their answers to find room.
constexpr std::size_t window = 64;
constexpr std::size_t window_bytes = 1024 * 1024;
constexpr std::size_t frame_overhead = 64;

std::string counted(std::uint32_t number, std::string_view kind) {
  return fmt::format("{} {} {}", number, kind, number == 1 ? "copy" : "copies");
}

class Submit {
 public:
  Submit(Options const& options, Context const& context, Client& client)
      : options_{options}, context_{context}, client_{client} {}

  int run() {
    auto const inputs = find_inputs(options_.files);
    for (auto const& failure : inputs.failures) fail(failure);
    if (inputs.hidden != 0 && !context_.quiet) remark(passed_over(inputs.hidden));
    for (auto const& input : inputs.files) {
      if (lost_) break;
      auto const failure =
          read_messages(input, [&](grammar::Frame const& frame) { return submit(input.name, frame); });
      if (failure) fail(*failure);
    }
    while (!lost_ && !under_way_.empty()) receive();
    if (lost_) fail(lost_words());
    if (auto const unwritten = output_.close()) fail(*unwritten);
    return exit_code_;
  }

 private:
  struct UnderWay {
    std::uint64_t id;
    Submitted submitted;
    std::optional<v1::Response> response;
  };

  void fail(std::string const& why) {
    if (!why.empty()) complain(why);
    exit_code_ = failed;
  }

  [[nodiscard]] std::string lost_words() const {
    return fmt::format("{}; {} of the messages sent {} not answered", client_.failure(), under_way_.size(),
                       under_way_.size() == 1 ? "is" : "are");
  }

  bool submit(std::string const& name, grammar::Frame const& frame) {
    auto& added =
        under_way_.emplace_back(UnderWay{++last_id_, {name, text_of(frame), frame.position}, std::nullopt});
    if (added.submitted.text.size() + frame_overhead > service::max_request)
      added.response = too_large();
    else
      send(added);
    while (!lost_ && !under_way_.empty() && full()) receive();
    tell_answered();
    return !lost_;
  }

  static v1::Response too_large() {
    v1::Response response;
    response.mutable_refusal()->set_reason(v1::REASON_TOO_LARGE);
    response.mutable_refusal()->set_message("the message is longer than 4 MiB");
    return response;
  }

  void send(UnderWay const& under_way) {
    v1::Request request;
    request.set_id(under_way.id);
    request.mutable_submit()->set_text(under_way.submitted.text);
    bytes_ += under_way.submitted.text.size();
    lost_ = !client_.send(request);
  }

  [[nodiscard]] bool full() const { return under_way_.size() >= window || bytes_ >= window_bytes; }

  // Answers may overtake; they are told in the order of the messages.
  void receive() {
    tell_answered();
    if (under_way_.empty()) return;
    auto response = client_.receive();
    lost_ = !response;
    if (lost_) return;
    auto const of_id = [&](UnderWay const& one) { return one.id == response->id(); };
    auto const place = std::ranges::find_if(under_way_, of_id);
    if (place != under_way_.end()) place->response = std::move(*response);
    tell_answered();
  }

  void tell_answered() {
    for (; !under_way_.empty() && under_way_.front().response; under_way_.pop_front()) {
      auto& front = under_way_.front();
      bytes_ -= std::min(bytes_, front.submitted.text.size());
      tell(front.submitted, *front.response);
    }
  }

  void tell(Submitted const& submitted, v1::Response& response) {
    response.clear_id();
    if (response.has_refusal()) exit_code_ = std::max(exit_code_, exit_code(response.refusal()));
    if (options_.format == Format::json)
      output_.write(wire::to_json(response) + '\n');
    else if (response.has_refusal())
      tell_refusal(response.refusal(), submitted, context_);
    else
      tell_accepted(submitted, response.submit());
  }

  void tell_accepted(Submitted const& submitted, v1::SubmitResponse const& accepted) {
    auto copies = fmt::format("{}, {}", counted(accepted.action_copies(), "action"),
                              counted(accepted.info_copies(), "info"));
    if (auto const sent = accepted.transmissions(); sent != 0)
      copies += fmt::format(", {} transmission{} to other relays", sent, sent == 1 ? "" : "s");
    output_.write(fmt::format("{}  {}: {}{}\n", accepted.id(), submitted.place(),
                              accepted.already_filed() ? "filed before; " : "", copies));
    if (context_.quiet) return;
    for (auto const& note : accepted.notes()) remark(submitted.place() + ": " + note);
  }

  Options const& options_;
  Context const& context_;
  Client& client_;
  Output output_;
  std::deque<UnderWay> under_way_;
  std::uint64_t last_id_ = 0;
  std::size_t bytes_ = 0;  // of the messages under way
  bool lost_ = false;      // the connection
  int exit_code_ = ok;
};

int submit(Options options, Context const& context) {
  options.files = or_standard_input(std::move(options.files));
  if (options.files.empty()) {
    complain("no file to submit; see 'torntape submit --help'");
    return failed;
  }
  auto const client = connect_or_complain(options.where);
  return client ? Submit{options, context, *client}.run() : failed;
}

}  // namespace

void add_submit(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "submit",
      "Files messages at a running switch.\n\nPrints the number of each message that is accepted, and "
      "how many copies were made. A file may hold many messages; the same bytes filed again keep "
      "their number and make no new copies.");
  auto const options = std::make_shared<Options>();
  command->add_option(
      "FILE", options->files,
      "files and directories of messages, - for standard input, which is read too where something is "
      "piped in and no file is named");
  add_switch_options(*command, options->where);
  add_choice(*command, "--format", options->format,
             Choices<Format>{{"text", Format::text}, {"json", Format::json}},
             "for people, or a Response (torntape.v1) a line")
      ->option_text("FORMAT");
  command->footer(
      footer({{"torntape submit message.txt", "files one message"},
              {"torntape submit archive/", "everything in a directory"},
              {"zcat archive.gz | torntape submit", "a stream of messages"}},
             {{ok, "every message is accepted"},
              {found, "a message is refused"},
              {failed, "no switch answers, allows it or can do it now; or a file cannot be read"}}));
  command->callback([options, &context] { context.exit_code = submit(*options, context); });
}

}  // namespace torntape::cli
