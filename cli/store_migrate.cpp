#include "cli/store_migrate.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/temporary_folder.hpp"
#include "router/store/moving.hpp"

namespace torntape::cli {
namespace {

using store::EngineAddress;
using store::LmdbOptions;
using store::LmdbStore;
using store::NatsStore;

constexpr std::string_view lmdb_prefix = "lmdb:";
constexpr std::chrono::seconds at_once{1};
constexpr std::chrono::seconds await_claim{
    30};  // of a migration that was interrupted, or a switch that was killed

int fail(std::string const& why) {
  complain(why);
  return failed;
}

// Null with the reason told.
std::unique_ptr<LmdbStore> open(std::string const& directory, LmdbOptions::Kind kind) {
  LmdbOptions options;
  options.make = false;
  options.kind = kind;
  auto opened = LmdbStore::open(directory, options);
  if (auto* const store = std::get_if<std::unique_ptr<LmdbStore>>(&opened)) return std::move(*store);
  complain(std::get<store::Failure>(opened).message);
  return nullptr;
}

// Null with the reason told.
std::unique_ptr<NatsStore> take_log(EngineAddress const& address, std::string const& copy,
                                    unsigned replicas) {
  store::NatsOptions options;
  options.address = address;
  options.directory = copy;
  options.replicas = replicas;
  auto opened = NatsStore::open(std::move(options));
  if (auto const* const failure = std::get_if<store::Failure>(&opened))
    return complain(failure->message), nullptr;
  auto store = std::move(std::get<std::unique_ptr<NatsStore>>(opened));
  if (auto const taken = store::await_log(*store, at_once)) {
    remark(taken->message + "; waiting for the log, " + std::to_string(await_claim.count()) + " s at most");
    if (auto const failure = store::await_log(*store, await_claim))
      return complain(failure->message + "; a store moves while its switch is stopped"), nullptr;
  }
  return store;
}

// What the log gives when it is read anew is held against the directory.
int verify(EngineAddress const& address, LmdbStore& directory) {
  auto const folder = TemporaryFolder::make();
  if (!folder) return fail("no room for a copy in the temporary directory");
  auto read = store::read_log(address, folder->path() / "copy");
  if (auto const* const failure = std::get_if<store::Failure>(&read)) return fail(failure->message);
  auto const compared = store::compare(directory, *std::get<std::unique_ptr<LmdbStore>>(read));
  if (compared.difference) {
    complain("the log and the directory differ: " + *compared.difference);
    return found;
  }
  fmt::print("{} message{}, {} cop{}, checksum {:08x}: the log was read again, and both hold the same\n",
             compared.messages, compared.messages == 1 ? "" : "s", compared.copies,
             compared.copies == 1 ? "y" : "ies", compared.checksum);
  return ok;
}

int to_nats(std::string const& directory, EngineAddress const& address, Migration const& migration,
            Context const& context) {
  auto const copy = migration.data.empty() ? directory + "-nats" : migration.data;
  auto const from = open(directory, LmdbOptions::Kind::either);
  auto const to = from ? take_log(address, copy, migration.replicas) : nullptr;
  if (!to) return failed;
  {
    Progress progress(context, true, 0);
    auto const told = [&progress](std::size_t done) { progress.at(0, done); };
    if (auto const failure = store::move_into(*from, *to, told)) return fail(failure->message);
  }
  auto const code = verify(address, *from);
  if (code == ok)
    fmt::print("go on with: torntape serve --store {} --data {}; {} stays as it is, and is served no more\n",
               migration.to, copy, directory);
  return code;
}

bool is_there(EngineAddress const& address) {
  auto const connected = store::Engine::connect(address, "torntape store");
  if (auto const* const failure = std::get_if<store::Failure>(&connected))
    return complain(failure->message), false;
  if (std::get<std::unique_ptr<store::Engine>>(connected)->has_log()) return true;
  return complain(fmt::format("there is no log {} in NATS", address.log)), false;
}

int from_nats(EngineAddress const& address, std::string const& directory, Migration const& migration) {
  if (!migration.data.empty()) return fail("--data is for a store that moves to NATS");
  if (!is_there(address)) return failed;
  if (!take_log(address, directory, 0)) return failed;
  auto const to = open(directory, LmdbOptions::Kind::of_log);
  if (!to) return failed;
  auto const code = verify(address, *to);
  if (code != ok) return code;
  if (auto const failure = to->leave_log()) return fail(failure->message);
  fmt::print("go on with: torntape serve --data {}; the log in NATS stays as it is, and is served no more\n",
             directory);
  return ok;
}

}  // namespace

int migrate(Migration const& migration, Context const& context) {
  auto const directory_in = [](std::string const& text) -> std::optional<std::string> {
    if (!text.starts_with(lmdb_prefix) || text.size() == lmdb_prefix.size()) return std::nullopt;
    return text.substr(lmdb_prefix.size());
  };
  auto const from = directory_in(migration.from), to = directory_in(migration.to);
  if (from.has_value() == to.has_value())
    return fail("a store moves from lmdb:DIR to nats://HOST/NAME, or back");
  auto const address = engine_address(from ? migration.to : migration.from, migration.engine);
  if (!address) return failed;
  if (address->log.empty())
    return fail(
        "name the log, nats://HOST/NAME: the relay's indicator, or SWITCH of a switch without a network");
  return from ? to_nats(*from, *address, migration, context) : from_nats(*address, *to, migration);
}

}  // namespace torntape::cli
