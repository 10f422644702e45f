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
#include "cli/store_migrate.hpp"
#include "cli/temporary_folder.hpp"
#include "router/relay/relay.hpp"
#include "router/service/response.hpp"
#include "router/store/lmdb.hpp"
#include "router/store/moving.hpp"
#include "wire/delimited.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

using store::LmdbStore;
using store::Store;

enum class Format : unsigned char { text, jsonl, binpb };

struct Options {
  std::string place;  // a directory, or a log: nats://HOST/NAME
  Format format = Format::text;
  Migration migration;
};

int fail(std::string const& why) {
  complain(why);
  return failed;
}

// A store that is looked at: a log is read into a folder that goes with it.
struct Opened {
  std::unique_ptr<TemporaryFolder> folder;
  std::unique_ptr<LmdbStore> store;
};

// Null with the reason told.
std::unique_ptr<LmdbStore> open_log(Options const& options, Opened& opened) {
  auto const engine = engine_address(options.place, options.migration.engine);
  if (!engine) return nullptr;
  if (engine->log.empty())
    return complain(
               "name the log, nats://HOST/NAME: the relay's indicator, or SWITCH of a switch without a "
               "network"),
           nullptr;
  opened.folder = TemporaryFolder::make();
  if (!opened.folder) return complain("no room for a copy in the temporary directory"), nullptr;
  auto read = store::read_log(*engine, opened.folder->path() / "copy");
  if (auto* const store = std::get_if<std::unique_ptr<LmdbStore>>(&read)) return std::move(*store);
  return complain(std::get<store::Failure>(read).message), nullptr;
}

// No store with the reason told. The working copy of a log is looked at like a store of its own.
Opened open(Options const& options) {
  Opened opened;
  if (store::is_engine_address(options.place)) {
    opened.store = open_log(options, opened);
    return opened;
  }
  store::LmdbOptions existing;
  existing.make = false;
  existing.kind = store::LmdbOptions::Kind::either;
  auto found = LmdbStore::open(options.place, existing);
  if (auto* const store = std::get_if<std::unique_ptr<LmdbStore>>(&found))
    opened.store = std::move(*store);
  else
    complain(std::get<store::Failure>(found).message);
  return opened;
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
  auto const opened = open(options);
  auto const& store = opened.store;
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
  return std::filesystem::file_size(std::filesystem::path(options.place) / "data.mdb", ignored);
}

int compact(Options const& options) {
  auto const before = size(options);
  if (auto const failure = LmdbStore::compact(options.place)) return fail(failure->message);
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
  auto const opened = open(options);
  auto const& store = opened.store;
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
int migrate(Options const& options, Context const& context) {
  auto const& from = options.migration.from;
  auto const& to = options.migration.to;
  if (!options.place.empty() && (!from.empty() || !to.empty()))
    return fail("either the directory of an older version, or --from and --to");
  if (!from.empty() && !to.empty()) return migrate(options.migration, context);
  if (options.place.empty()) return fail("--from and --to say from where to where a store moves");
  auto const opened = open(options);
  auto const& store = opened.store;
  auto const held = store ? contents(*store) : std::nullopt;
  if (!held) return failed;
  fmt::print("{} in the present format\n", counted(held->messages.size(), "message"));
  return ok;
}

CLI::App* add(CLI::App& parent, std::string const& name, std::string const& description,
              std::shared_ptr<Options> const& options, bool log_too = false) {
  auto* const command = parent.add_subcommand(name, description);
  command
      ->add_option(
          log_too ? "STORE" : "DIR", options->place,
          log_too ? "the directory that `torntape serve --data` was given, or nats://HOST/NAME, a log in NATS"
                  : "the directory that `torntape serve --data` was given")
      ->required();
  if (log_too) add_engine_options(*command, options->migration.engine);
  return command;
}

void add_migrate(CLI::App& parent, std::shared_ptr<Options> const& options, Context& context) {
  auto* const command =
      add(parent, "migrate",
          "Moves a store between a directory and NATS, or takes over one of an older version, as "
          "`serve` does at start.\n\nA move that was interrupted goes on where it was. At the end the "
          "log is read again, and held against the directory by counts and a checksum.",
          options);
  command->get_option("DIR")->required(false);
  auto& migration = options->migration;
  command->add_option("--from", migration.from, "the store as it is")
      ->option_text("lmdb:DIR|nats://HOST/NAME");
  command->add_option("--to", migration.to, "where it goes")->option_text("nats://HOST,…/NAME|lmdb:DIR");
  command
      ->add_option("--data", migration.data,
                   "directory of the working copy of a store that moves to NATS; DIR-nats unless given")
      ->option_text("COPY");
  command
      ->add_option("--store-replicas", migration.replicas,
                   "on how many nodes NATS keeps the log; as of `serve`")
      ->option_text("N")
      ->check(CLI::IsMember({1U, 3U, 5U}));
  add_engine_options(*command, migration.engine);
  command->callback([options, &context] { context.exit_code = migrate(*options, context); });
}

}  // namespace

void add_store(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand("store",
                                           "Looks after the store of a switch that does not run.\n\nA "
                                           "directory is open in one process at a time. A log "
                                           "in NATS may be looked at while its switch runs.");
  command->require_subcommand(1);
  auto const options = std::make_shared<Options>();
  add(*command, "verify", "Reads everything in it, and tells what is damaged.", options, true)
      ->callback([options, &context] { context.exit_code = verify(*options); });
  add(*command, "compact", "Gives back the room that forgotten messages have left.", options)
      ->callback([options, &context] { context.exit_code = compact(*options); });
  auto* const exported =
      add(*command, "export", "Prints every message, in order of acceptance.", options, true);
  add_choice(*exported, "--format", options->format,
             Choices<Format>{{"text", Format::text}, {"jsonl", Format::jsonl}, {"binpb", Format::binpb}},
             "the texts as they were received, or a Message (torntape.v1) each: a line, or varint-delimited")
      ->option_text("FORMAT");
  exported->callback([options, &context] { context.exit_code = export_all(*options); });
  add_migrate(*command, options, context);
  command->footer(footer(
      {{"torntape store verify torntape-data", "is everything in it sound"},
       {"torntape store export torntape-data | torntape check", "what was accepted, checked"},
       {"torntape store migrate --from lmdb:torntape-data --to nats://a,b,c/RTAA", "a store moves to NATS"}},
      {{ok, "done, nothing damaged"},
       {found, "a text is damaged, or a store that moved is not the same"},
       {failed, "no store there, in use, or damaged in its form"}}));
}

}  // namespace torntape::cli
