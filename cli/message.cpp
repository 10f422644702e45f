#include <algorithm>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/choice.hpp"
#include "cli/client.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

enum class Format : unsigned char { text, json };

struct Options {
  std::string id;
  SwitchOptions where;
  Format format = Format::text;
};

// A copy for another relay is handed to its circuit, and acknowledged by the far end's count.
std::string_view state_in_words(v1::CopyStatus const& copy) {
  bool const leaves = copy.called_size() != 0 && copy.reason().empty();
  switch (copy.state()) {
    case v1::COPY_STATE_WAITING:
      return "waiting";
    case v1::COPY_STATE_HANDED_OUT:
      return leaves ? "sent, not yet confirmed" : "handed out";
    case v1::COPY_STATE_ACKNOWLEDGED:
      return leaves ? "received by the next relay" : "acknowledged";
    default:
      return "unknown";
  }
}

std::string attempts(v1::CopyStatus const& copy) {
  return copy.attempts() > 1 ? fmt::format(", handed out {} times", copy.attempts()) : "";
}

std::string in_text(v1::MessageResponse const& response) {
  auto const& message = response.message();
  std::size_t longest = 0;
  for (auto const& copy : response.copies()) longest = std::max(longest, columns(printable(copy.queue())));
  auto const& reception = response.reception();
  auto out = fmt::format(
      "message {}  accepted {}{}\n\n", message.id(), in_words(message.accepted_at()),
      response.has_reception()
          ? printable(fmt::format(", by circuit {} as {}", reception.circuit(), reception.identification()))
          : "");
  for (auto const& copy : response.copies()) {
    auto const queue = printable(copy.queue());
    out += fmt::format("  {:<8}  {}{}  {:<6}  {:<9}  {}{}\n", copy.id(), queue,
                       std::string(longest - columns(queue), ' '), in_words(copy.kind()),
                       in_words(copy.precedence()), state_in_words(copy), attempts(copy));
    if (!copy.reason().empty())
      out += fmt::format("            {}\n", printable(copy.reason()));
    else if (!copy.called().empty())
      out +=
          fmt::format("            for {}{}\n", printable(fmt::format("{}", fmt::join(copy.called(), " "))),
                      copy.has_identification() ? ", last sent as " + printable(copy.identification()) : "");
  }
  out += '\n' + shown(message.text());
  return out.ends_with('\n') ? out : out + '\n';
}

int message(Options const& options) {
  auto const client = connect_or_complain(options.where);
  if (!client) return failed;
  v1::Request request;
  request.mutable_message()->set_id(options.id);
  auto const response = client->call(request);
  if (!response) return complain(client->failure()), failed;
  if (response->has_refusal()) return complain(response->refusal().message()), exit_code(response->refusal());
  Output output;
  output.write(options.format == Format::json ? wire::to_json(response->message()) + '\n'
                                              : in_text(response->message()));
  auto const unwritten = output.close();
  if (unwritten && !unwritten->empty()) complain(*unwritten);
  return unwritten ? failed : ok;
}

}  // namespace

void add_message(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "message", "Shows a message that a running switch has accepted, and what became of its copies.");
  auto const options = std::make_shared<Options>();
  command->add_option("ID", options->id, "the number that submit printed")->required();
  add_switch_options(*command, options->where);
  add_choice(*command, "--format", options->format,
             Choices<Format>{{"text", Format::text}, {"json", Format::json}},
             "for people, or a MessageResponse (torntape.v1)")
      ->option_text("FORMAT");
  command->footer(footer(
      {{"torntape message 42", "its text and its copies"}},
      {{ok, "told"}, {found, "no such message, or damaged in the store"}, {failed, "no switch answers"}}));
  command->callback([options, &context] { context.exit_code = message(*options); });
}

}  // namespace torntape::cli
