#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "router/relay/relay.hpp"
#include "router/service/response.hpp"
#include "router/store/lmdb.hpp"
#include "wire/delimited.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

using store::LmdbStore;
using store::Store;

enum class Format : unsigned char { text, jsonl, binpb };

struct Options {
  std::string directory;
  Format format = Format::text;
};

int fail(std::string const& why) {
  complain(why);
  return failed;
}

// Null with the reason told.
std::unique_ptr<LmdbStore> open(Options const& options) {
  store::LmdbOptions existing;
  existing.make = false;
  auto opened = LmdbStore::open(options.directory, existing);
  if (auto* const store = std::get_if<std::unique_ptr<LmdbStore>>(&opened)) return std::move(*store);
  complain(std::get<store::Failure>(opened).message);
  return nullptr;
}

// What a replay tells of a store.
struct Contents {
  std::vector<relay::MessageNumber> messages;
  std::size_t copies = 0, settled = 0;
};

// None with the reason told.
std::optional<Contents> contents(LmdbStore& store) {
  Contents contents;
  auto const failure = store.replay([&](relay::Record const& record) {
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record)) {
      contents.messages.push_back(accepted->envelope.number);
      contents.copies += accepted->envelope.copies.size();
    }
    if (std::holds_alternative<relay::Settled>(record)) ++contents.settled;
  });
  if (!failure) return contents;
  return complain(failure->message), std::nullopt;
}

std::string counted(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

int verify(Options const& options) {
  auto const store = open(options);
  auto const held = store ? contents(*store) : std::nullopt;
  if (!held) return failed;
  std::size_t damaged = 0;
  for (auto const number : held->messages) {
    if (std::holds_alternative<Store::Stored>(store->message(number))) continue;
    ++damaged;
    complain(fmt::format("message {} is damaged; filing its text again makes it whole", number));
  }
  fmt::print("{}, {} ({} settled), {} damaged\n", counted(held->messages.size(), "message"),
             held->copies == 1 ? "1 copy" : fmt::format("{} copies", held->copies), held->settled,
             counted(damaged, "text"));
  return damaged == 0 ? ok : found;
}

std::uintmax_t size(Options const& options) {
  std::error_code ignored;
  return std::filesystem::file_size(std::filesystem::path(options.directory) / "data.mdb", ignored);
}

int compact(Options const& options) {
  auto const before = size(options);
  if (auto const failure = LmdbStore::compact(options.directory)) return fail(failure->message);
  fmt::print("{} bytes, {} before\n", size(options), before);
  return ok;
}

std::string in_format(Store::Stored stored, Format format) {
  if (format == Format::text) return stored.text.ends_with('\n') ? stored.text : stored.text + '\n';
  auto const message = service::to_proto(std::move(stored));
  if (format == Format::jsonl) return wire::to_json(message) + '\n';
  std::string out;
  wire::append_delimited(message, out);
  return out;
}

int export_all(Options const& options) {
  auto const store = open(options);
  auto const held = store ? contents(*store) : std::nullopt;
  if (!held) return failed;
  int exit_code = ok;
  Output output;
  for (auto const number : held->messages) {
    auto message = store->message(number);
    if (auto* const stored = std::get_if<Store::Stored>(&message)) {
      if (!output.write(in_format(std::move(*stored), options.format))) break;
    } else {
      complain(fmt::format("message {} is damaged and left out", number));
      exit_code = found;
    }
  }
  auto const unwritten = output.close();
  if (!unwritten) return exit_code;
  if (!unwritten->empty()) complain(*unwritten);
  return failed;
}

// Opening a store of an older format makes it one of the present.
int migrate(Options const& options) {
  auto const store = open(options);
  auto const held = store ? contents(*store) : std::nullopt;
  if (!held) return failed;
  fmt::print("{} in the present format\n", counted(held->messages.size(), "message"));
  return ok;
}

CLI::App* add(CLI::App& parent, std::string const& name, std::string const& description,
              std::shared_ptr<Options> const& options) {
  auto* const command = parent.add_subcommand(name, description);
  command->add_option("DIR", options->directory, "the directory that `torntape serve --data` was given")
      ->required();
  return command;
}

}  // namespace

void add_store(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "store",
      "Looks after the store of a switch that does not run.\n\nA store is open in one process at a time.");
  command->require_subcommand(1);
  auto const options = std::make_shared<Options>();
  add(*command, "verify", "Reads everything in it, and tells what is damaged.", options)
      ->callback([options, &context] { context.exit_code = verify(*options); });
  add(*command, "compact", "Gives back the room that forgotten messages have left.", options)
      ->callback([options, &context] { context.exit_code = compact(*options); });
  auto* const exported = add(*command, "export", "Prints every message, in order of acceptance.", options);
  add_choice(*exported, "--format", options->format,
             Choices<Format>{{"text", Format::text}, {"jsonl", Format::jsonl}, {"binpb", Format::binpb}},
             "the texts as they were received, or a Message (torntape.v1) each: a line, or varint-delimited")
      ->option_text("FORMAT");
  exported->callback([options, &context] { context.exit_code = export_all(*options); });
  add(*command, "migrate", "Takes over a store of an older version, as `serve` does at start.", options)
      ->callback([options, &context] { context.exit_code = migrate(*options); });
  command->footer(
      footer({{"torntape store verify torntape-data", "is everything in it sound"},
              {"torntape store export torntape-data | torntape check", "what was accepted, checked"}},
             {{ok, "done, nothing damaged"},
              {found, "a text is damaged"},
              {failed, "no store there, in use, or damaged in its form"}}));
}

}  // namespace torntape::cli
