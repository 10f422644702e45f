#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/network.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "traffic/compare/comparing.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

enum class Format : unsigned char { text, json };

struct Options {
  std::string sent;
  std::vector<std::string> received;
  std::string network, destination;
  bool each_addressee = false;
  Format format = Format::text;
};

bool is_lines(std::string_view bytes) { return bytes.starts_with('{'); }

// Calls `take` for every line; what is wrong, in words.
template <class Message, class Take>
std::optional<std::string> read_lines(std::string const& name, std::string_view bytes, Take const& take) {
  for (std::size_t number = 1; !bytes.empty(); ++number) {
    auto const end = bytes.find('\n');
    auto const line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.empty()) continue;
    Message message;
    if (auto const why = wire::from_json(line, message)) return fmt::format("{}:{}: {}", name, number, *why);
    take(message);
  }
  return std::nullopt;
}

class Compare {
 public:
  Compare(Options const& options, Context const& context) : options_{options}, context_{context} {}

  int run() {
    compare::Options settings;
    settings.each_addressee = options_.each_addressee;
    if (!options_.network.empty()) {
      settings.directory = load_network(options_.network, context_);
      if (!settings.directory) return failed;
    }
    compare::Comparing comparing{settings};
    auto why = read({options_.sent}, [&](Input const& input) { return read_sent(input, comparing); });
    if (!why) why = nothing_sent();
    if (!why)
      why = read(options_.received, [&](Input const& input) { return read_received(input, comparing); });
    if (why) return complain(*why), failed;
    auto const comparison = comparing.finish();
    Output output;
    output.write(options_.format == Format::json ? wire::to_json(comparison) + '\n' : in_text(comparison));
    auto const code = finished(output);
    if (code != ok) return code;
    return differences(comparison) == 0 ? ok : found;
  }

 private:
  template <class Read>
  static std::optional<std::string> read(std::vector<std::string> const& arguments, Read const& one) {
    auto const inputs = find_inputs(arguments);
    if (!inputs.failures.empty()) return inputs.failures.front();
    for (auto const& input : inputs.files)
      if (auto why = one(input)) return why;
    return std::nullopt;
  }

  // Lines of JSON, or messages as they stand.
  template <class Lines, class Texts>
  static std::optional<std::string> read_either(Input const& input, Lines const& lines, Texts const& texts) {
    auto whole = read_whole(input);
    if (whole.failure) return whole.failure;
    if (is_lines(whole.bytes)) return lines(whole.bytes);
    auto again = input;
    again.content = std::make_shared<std::string const>(std::move(whole.bytes));
    return read_messages(again, [&](grammar::Frame const& frame) {
      if (!frame.bytes.empty()) texts(text_of(frame));
      return true;
    });
  }

  std::optional<std::string> read_sent(Input const& input, compare::Comparing& comparing) {
    auto const take = [&](v1::SentMessage& message) {
      destinations_.insert(message.destination());
      if (!options_.destination.empty() && message.destination() != options_.destination) return;
      ++sent_;
      // What was refused, given up or withheld should not arrive, and nobody waits for it.
      auto const there = message.outcome() == v1::OUTCOME_CONFIRMED || message.outcome() == v1::OUTCOME_SENT;
      comparing.add(compare::Sent{.text = std::move(*message.mutable_text()),
                                  .confirmed = there,
                                  .destination = message.destination()});
    };
    return read_either(
        input, [&](std::string_view bytes) { return read_lines<v1::SentMessage>(input.name, bytes, take); },
        [&](std::string text) {
          ++sent_;
          comparing.add(compare::Sent{.text = std::move(text)});
        });
  }

  std::optional<std::string> read_received(Input const& input, compare::Comparing& comparing) {
    auto index = false;
    auto const take = [&](v1::ReceivedMessage& message) {
      index = index || message.has_offset();
      compare::Received received{std::move(*message.mutable_text()), {}};
      if (message.has_recipient()) received.recipient.emplace(message.recipient());
      comparing.add(received);
    };
    auto why = read_either(
        input,
        [&](std::string_view bytes) { return read_lines<v1::ReceivedMessage>(input.name, bytes, take); },
        [&](std::string text) { comparing.add(compare::Received{std::move(text), {}}); });
    if (!why && index) why = input.name + ": the index of a stream has no texts; name the stream";
    return why;
  }

  static std::uint64_t differences(v1::Comparison const& found) {
    return found.lost() + found.repeated() + found.reordered() + found.wrong_addressee() + found.changed() +
           found.unsent();
  }

  static std::string_view word(v1::DifferenceKind kind) {
    switch (kind) {
      case v1::DIFFERENCE_KIND_LOST:
        return "lost";
      case v1::DIFFERENCE_KIND_REPEATED:
        return "repeated";
      case v1::DIFFERENCE_KIND_REORDERED:
        return "reordered";
      case v1::DIFFERENCE_KIND_WRONG_ADDRESSEE:
        return "wrong addressee";
      case v1::DIFFERENCE_KIND_CHANGED:
        return "changed";
      default:
        return "never sent";
    }
  }

  static std::string line(v1::Difference const& difference) {
    auto text =
        fmt::format("{:<15}  {}", word(difference.kind()),
                    difference.identity().empty() ? "(no identity)" : printable(difference.identity()));
    if (difference.has_sent()) text.append(fmt::format(", sent {}", difference.sent()));
    if (difference.has_received()) text.append(fmt::format(", received {}", difference.received()));
    if (!difference.addressee().empty()) text.append(", ").append(printable(difference.addressee()));
    text.append("\n");
    if (difference.kind() == v1::DIFFERENCE_KIND_CHANGED)
      text.append(fmt::format("    {:<4} - {}\n         + {}\n", difference.format_line(),
                              printable(difference.before()), printable(difference.after())));
    return text;
  }

  static std::string in_text(v1::Comparison const& found) {
    std::string text;
    for (auto const& difference : found.differences()) text.append(line(difference));
    auto const untold = differences(found) - static_cast<std::uint64_t>(found.differences_size());
    if (untold != 0) text.append(fmt::format("and {} more\n", untold));
    if (!text.empty()) text.append("\n");
    text.append(fmt::format("{} sent, {} received, {} of these as sent\n", found.sent(), found.received(),
                            found.alike()));
    text.append(fmt::format(
        "lost {}, repeated {}, reordered {}, wrong addressee {}, changed {}, never sent {}\n", found.lost(),
        found.repeated(), found.reordered(), found.wrong_addressee(), found.changed(), found.unsent()));
    if (found.marked_repeats() != 0)
      text.append(fmt::format("{} received again as suspected duplicates, as they say themselves\n",
                              found.marked_repeats()));
    if (found.unknown_and_absent() != 0)
      text.append(fmt::format("{} absent whose sending was never confirmed\n", found.unknown_and_absent()));
    return text;
  }

  // Why there is nothing to hold what was received against.
  [[nodiscard]] std::optional<std::string> nothing_sent() const {
    if (!options_.destination.empty() && !destinations_.contains(options_.destination)) {
      if (destinations_.empty())
        return fmt::format("--destination: {} is no record of 'send --record'", options_.sent);
      return fmt::format("--destination: nothing went to '{}' in {}; there is {}", options_.destination,
                         options_.sent, fmt::join(destinations_, ", "));
    }
    if (sent_ == 0) return options_.sent + ": no message in it";
    return std::nullopt;
  }

  Options const& options_;
  Context const& context_;
  std::set<std::string> destinations_;  // in the record of what was sent
  std::uint64_t sent_ = 0;
};

}  // namespace

void add_compare(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand("compare",
                                           "Holds what was received against what was sent.\n\n"
                                           "Tells what was lost, repeated, reordered, delivered to the wrong "
                                           "addressee, or changed outside FL1 and FL2, "
                                           "which every relay writes anew. A message is known by its FL3, or "
                                           "where that is damaged by its date-time group "
                                           "and originator. Both sides are messages as they stand, or the "
                                           "lines that 'send --record' and 'receive' write.");
  auto const options = std::make_shared<Options>();
  command->add_option("SENT", options->sent, "a file, a directory, or what send --record wrote")->required();
  command->add_option("RECEIVED", options->received, "likewise, one or several: what receive wrote")
      ->required();
  command
      ->add_option("--network", options->network,
                   "the network file: who is a member of a collective. Without it anybody may be one")
      ->option_text("FILE");
  command
      ->add_option("--destination", options->destination,
                   "of a record of several destinations: only what went there")
      ->option_text("DEST");
  command->add_flag(
      "--each-addressee", options->each_addressee,
      "every addressee with an indicator must have its copy; else one copy of each message will do");
  add_choice(*command, "--format", options->format,
             Choices<Format>{{"text", Format::text}, {"json", Format::json}},
             "for people, or a Comparison (torntape.v1)")
      ->option_text("FORMAT");
  command->footer(
      footer({{"torntape compare sent.txt received.jsonl", "what became of them"},
              {"torntape compare sent.jsonl out.txt --each-addressee --format json", "for a machine"}},
             {{ok, "all arrived as sent"}, {found, "differences"}, {failed, "a file cannot be read"}}));
  command->callback([options, &context] { context.exit_code = Compare{*options, context}.run(); });
}

}  // namespace torntape::cli
