#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

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
  std::string queue;
  SwitchOptions where;
  Format format = Format::text;
};

using Row = std::vector<std::string>;

constexpr std::array precedences{v1::PRECEDENCE_EMERGENCY_COMMAND, v1::PRECEDENCE_FLASH,
                                 v1::PRECEDENCE_IMMEDIATE, v1::PRECEDENCE_PRIORITY, v1::PRECEDENCE_ROUTINE};

struct Totals {
  std::uint64_t waiting = 0, handed_out = 0;
  std::size_t queues = 0;  // in which something waits
};

std::uint64_t waiting(v1::Queue const& queue, v1::Precedence precedence, v1::Kind kind) {
  std::uint64_t sum = 0;
  for (auto const& depth : queue.depths())
    if (depth.precedence() == precedence && depth.kind() == kind) sum += depth.waiting();
  return sum;
}

std::uint64_t handed_out(v1::Queue const& queue) {
  std::uint64_t sum = 0;
  for (auto const& depth : queue.depths()) sum += depth.handed_out();
  return sum;
}

// "3/0": action and info, as the line below the table says.
std::string cell(v1::Queue const& queue, v1::Precedence precedence) {
  auto const action = waiting(queue, precedence, v1::KIND_ACTION);
  auto const info = waiting(queue, precedence, v1::KIND_INFO);
  return action + info == 0 ? "-" : fmt::format("{}/{}", action, info);
}

std::string count(std::uint64_t number) { return number == 0 ? "-" : std::to_string(number); }

// EMERGENCY COMMAND has a column where some copy has it.
std::vector<v1::Precedence> columns_of(v1::QueuesResponse const& response) {
  bool const emergency = std::ranges::any_of(response.queues(), [](v1::Queue const& queue) {
    return cell(queue, v1::PRECEDENCE_EMERGENCY_COMMAND) != "-";
  });
  return {precedences.begin() + (emergency ? 0 : 1), precedences.end()};
}

Row head(std::vector<v1::Precedence> const& columns) {
  Row row{"QUEUE", "STATION"};
  for (auto const precedence : columns) row.emplace_back(in_words(precedence));
  row.insert(row.end(), {"HANDED OUT", "OLDEST"});
  return row;
}

Row row_of(v1::Queue const& queue, std::vector<v1::Precedence> const& columns) {
  Row row{printable(queue.name()), printable(queue.plain_language_address())};
  for (auto const precedence : columns) row.push_back(cell(queue, precedence));
  row.push_back(count(handed_out(queue)));
  row.push_back(queue.has_oldest() ? in_words(queue.oldest()) : "");
  return row;
}

// The names to the left, the figures to the right.
std::string line(Row const& row, std::vector<std::size_t> const& widths) {
  std::string out;
  for (std::size_t i = 0; i != row.size(); ++i) {
    std::string const fill(widths[i] - columns(row[i]), ' ');
    bool const left = i < 2 || i + 1 == row.size();
    out += (i == 0 ? "" : "  ") + (left ? row[i] + fill : fill + row[i]);
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + '\n';
}

std::vector<std::size_t> widths_of(std::vector<Row> const& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (auto const& row : rows)
    for (std::size_t i = 0; i != row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  return widths;
}

Totals totals_of(v1::QueuesResponse const& response) {
  Totals totals;
  for (auto const& queue : response.queues()) {
    auto const before = totals.waiting;
    for (auto const& depth : queue.depths()) totals.waiting += depth.waiting();
    if (totals.waiting != before) ++totals.queues;
    totals.handed_out += handed_out(queue);
  }
  return totals;
}

std::string summary(Totals const& totals) {
  auto const in_queues =
      totals.queues == 0 ? std::string{}
                         : fmt::format(" in {} {}", totals.queues, totals.queues == 1 ? "queue" : "queues");
  return fmt::format("{} {} waiting{}, {} handed out; under a precedence: waiting for action/for info\n",
                     totals.waiting, totals.waiting == 1 ? "copy" : "copies", in_queues, totals.handed_out);
}

std::string drawn(std::vector<Row> const& rows, Style const& paint) {
  auto const widths = widths_of(rows);
  std::string out = paint("1", line(rows.front(), widths));
  for (std::size_t i = 1; i != rows.size(); ++i) out += line(rows[i], widths);
  return out;
}

std::uint64_t waiting(v1::Circuit const& circuit) {
  std::uint64_t sum = 0;
  for (auto const& depth : circuit.depths()) sum += depth.waiting();
  return sum;
}

std::string_view state_in_words(v1::Circuit const& circuit) {
  if (circuit.closed()) return circuit.up() ? "closed" : "closed, down";
  if (circuit.up()) return "up";
  return circuit.out() ? "out" : "down";
}

Row row_of(v1::Circuit const& circuit) {
  return {printable(circuit.name()),
          "to " + printable(circuit.far_end()),
          std::string(state_in_words(circuit)),
          count(waiting(circuit)),
          count(circuit.unconfirmed()),
          circuit.has_last_sent() ? printable(circuit.last_sent()) : "-",
          circuit.has_last_heard() ? printable(circuit.last_heard()) : "-",
          circuit.has_oldest() ? in_words(circuit.oldest()) : ""};
}

std::string circuits(v1::QueuesResponse const& response, Style const& paint) {
  if (response.circuits().empty()) return {};
  std::vector<Row> rows{
      {"CIRCUIT", "RELAY", "LINE", "WAITING", "UNCONFIRMED", "LAST SENT", "LAST HEARD", "OLDEST"}};
  for (auto const& circuit : response.circuits()) rows.push_back(row_of(circuit));
  return '\n' + drawn(rows, paint);
}

std::string table(v1::QueuesResponse const& response, Style const& paint) {
  if (response.queues().empty()) return "no queues yet\n" + circuits(response, paint);
  auto const shown_precedences = columns_of(response);
  std::vector<Row> rows{head(shown_precedences)};
  for (auto const& queue : response.queues()) rows.push_back(row_of(queue, shown_precedences));
  return drawn(rows, paint) + '\n' + summary(totals_of(response)) + circuits(response, paint);
}

int queues(Options const& options, Context const& context) {
  auto const client = connect_or_complain(options.where);
  if (!client) return failed;
  v1::Request request;
  if (!options.queue.empty()) request.mutable_queues()->set_queue(options.queue);
  request.mutable_queues();
  auto const response = client->call(request);
  if (!response) return complain(client->failure()), failed;
  if (response->has_refusal()) return complain(response->refusal().message()), exit_code(response->refusal());
  Output output;
  output.write(options.format == Format::json
                   ? wire::to_json(response->queues()) + '\n'
                   : table(response->queues(), Style{use_colour(context.colour, stdout)}));
  auto const unwritten = output.close();
  if (unwritten && !unwritten->empty()) complain(*unwritten);
  return unwritten ? failed : ok;
}

}  // namespace

void add_queues(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "queues",
      "What waits in the queues of a running switch.\n\nA row for each queue: how many copies wait by "
      "precedence, action and info apart, how many are handed out and not yet acknowledged, and "
      "when the oldest of them was accepted. Where the switch is a relay among others, a row for each of its "
      "circuits: how many transmissions wait for it, how many have left and are not yet confirmed by the "
      "far end, and the last numbers sent and heard.");
  auto const options = std::make_shared<Options>();
  command->add_option("QUEUE", options->queue,
                      "only this one: a routing indicator or plain language address");
  add_switch_options(*command, options->where);
  add_choice(*command, "--format", options->format,
             Choices<Format>{{"text", Format::text}, {"json", Format::json}},
             "for people, or a QueuesResponse (torntape.v1)")
      ->option_text("FORMAT");
  command->footer(footer({{"torntape queues", "all of them"}, {"torntape queues RUEHC", "one"}},
                         {{ok, "told"}, {found, "no such queue"}, {failed, "no switch answers"}}));
  command->callback([options, &context] { context.exit_code = queues(*options, context); });
}

}  // namespace torntape::cli
