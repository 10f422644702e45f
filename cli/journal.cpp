#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

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
  std::optional<std::string> mrn, originator, ssn, dtg, addressee;
  std::uint32_t max = 50;
  std::string before;
  SwitchOptions where;
  Format format = Format::text;
};

v1::Request request_of(Options const& options) {
  v1::Request request;
  auto& journal = *request.mutable_journal();
  if (options.mrn) journal.set_message_reference_number(*options.mrn);
  if (options.originator) journal.set_originator(*options.originator);
  if (options.ssn) journal.set_station_serial_number(*options.ssn);
  if (options.dtg) journal.set_date_time_group(*options.dtg);
  if (options.addressee) journal.set_addressee(*options.addressee);
  journal.set_before(options.before);
  return request;
}

// "RUEHTA 1399": where and under which serial it was filed.
std::string filed_as(v1::Heading const& heading) {
  auto const& origin = heading.origin();
  auto const section = origin.has_section() ? fmt::format("/{:02}", origin.section()) : "";
  return fmt::format("{} {}{}", origin.routing_indicator(), origin.station_serial_number(), section);
}

std::string line(v1::Message const& message) {
  auto const& heading = message.heading();
  return fmt::format("{:>8}  {}  {:<16}  {:<14}  {:<28}  {}\n", message.id(), in_words(message.accepted_at()),
                     printable(filed_as(heading)), printable(heading.preamble().date_time_group()),
                     printable(heading.originator()), printable(heading.text().subject()));
}

std::string in_text(v1::JournalResponse const& response) {
  if (response.messages().empty()) return "no such message\n";
  std::string out;
  for (auto const& message : response.messages()) out += line(message);
  return out;
}

// One answer may hold fewer than were asked for, or none, and say where to go on.
int ask(Client& client, Options const& options, v1::JournalResponse& all) {
  auto request = request_of(options);
  do {
    request.mutable_journal()->set_max(options.max - static_cast<std::uint32_t>(all.messages_size()));
    auto const response = client.call(request);
    if (!response) return complain(client.failure()), failed;
    if (response->has_refusal())
      return complain(response->refusal().message()), exit_code(response->refusal());
    for (auto const& message : response->journal().messages()) *all.add_messages() = message;
    all.set_next(response->journal().next());
    request.mutable_journal()->set_before(all.next());
  } while (!all.next().empty() && static_cast<std::uint32_t>(all.messages_size()) < options.max);
  return ok;
}

int journal(Options const& options, Context const& context) {
  auto const client = connect_or_complain(options.where);
  if (!client) return failed;
  v1::JournalResponse all;
  if (auto const code = ask(*client, options, all); code != ok) return code;
  Output output;
  output.write(options.format == Format::json ? wire::to_json(all) + '\n' : in_text(all));
  auto const unwritten = output.close();
  if (unwritten && !unwritten->empty()) complain(*unwritten);
  if (unwritten) return failed;
  if (options.format == Format::text && !all.next().empty() && !context.quiet)
    remark(fmt::format("there may be more: --before {}", all.next()));
  return all.messages().empty() ? found : ok;
}

}  // namespace

void add_journal(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "journal",
      "Looks for messages that a running switch has accepted, newest first.\n\nAll that is given must match, "
      "without regard to blanks and case; without any of it all messages are told.");
  auto const options = std::make_shared<Options>();
  command
      ->add_option("--mrn", options->mrn, "message reference number: 001399, ASTANA 001399 or 09ASTANA1399")
      ->option_text("MRN");
  command->add_option("--originator", options->originator, "plain language address, or routing indicator")
      ->option_text("NAME");
  command->add_option("--ssn", options->ssn, "station serial number")->option_text("SSN");
  command->add_option("--dtg", options->dtg, "date-time group, with month and year or without")
      ->option_text("DTG");
  command
      ->add_option("--addressee", options->addressee,
                   "plain language address, or routing indicator; also of a station that got a copy as a "
                   "member of a collective")
      ->option_text("NAME");
  command->add_option("--max", options->max, "at most so many; 50 unless given")
      ->check(CLI::Range(1, 1'000'000))
      ->option_text("N");
  command->add_option("--before", options->before, "only messages before this one")->option_text("ID");
  add_switch_options(*command, options->where);
  add_choice(*command, "--format", options->format,
             Choices<Format>{{"text", Format::text}, {"json", Format::json}},
             "for people, or a JournalResponse (torntape.v1)")
      ->option_text("FORMAT");
  command->footer(
      footer({{"torntape journal --mrn 09ASTANA1399", "as an archive numbers telegrams"},
              {"torntape journal --originator RUEHTA --dtg 170141Z", "all that is given must match"}},
             {{ok, "found"}, {found, "no such message"}, {failed, "no switch answers"}}));
  command->callback([options, &context] { context.exit_code = journal(*options, context); });
}

}  // namespace torntape::cli
