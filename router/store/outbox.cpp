#include "router/store/outbox.hpp"

#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "router/store/lmdb_access.hpp"

namespace torntape::store {

namespace {

using access::bytes;
using access::Cursor;
using access::get;
using access::number;
using access::put;
using access::sealed;
using access::Transaction;
using access::unsealed;
using access::view;

constexpr std::size_t map_size = std::size_t{64} << 30U;  // the most it may grow to
constexpr std::uint64_t head_key = 0;                     // a row of its own: `complete_from`
constexpr std::size_t most_forgotten = 4'096;             // at once

struct CloseEnvironment {
  void operator()(MDB_env* environment) const { mdb_env_close(environment); }
};

Failure failure(int error) {
  return {fmt::format("the outbox: {}",
                      error > 0 ? std::generic_category().message(error) : std::string(mdb_strerror(error)))};
}

std::optional<Failure> outcome(int error) {
  return error == 0 ? std::nullopt : std::optional(failure(error));
}

// State, sequence, time, group.
constexpr std::size_t head_size = 1 + 2 * sizeof(std::uint64_t);

std::string written(Outbox::Row const& row) {
  std::string out(1, static_cast<char>(row.state));
  out.append(bytes(view(row.sequence))).append(bytes(view(row.at)));
  return out.append(row.group);
}

std::optional<Outbox::Row> read(std::uint64_t key, MDB_val value, bool with_group = true) {
  auto const record = unsealed(key, bytes(value));
  if (!record || record->size() < head_size) return std::nullopt;
  Outbox::Row row;
  row.key = key;
  row.state = static_cast<Outbox::State>(record->front());
  row.sequence = number<std::uint64_t>(view(record->substr(1, sizeof row.sequence))).value_or(0);
  row.at = number<std::int64_t>(view(record->substr(1 + sizeof row.sequence, sizeof row.at))).value_or(0);
  if (with_group) row.group = record->substr(head_size);
  return row;
}

}  // namespace

class Outbox::Files {
 public:
  using Environment = std::unique_ptr<MDB_env, CloseEnvironment>;
  Files(Environment environment, MDB_dbi table) : environment_(std::move(environment)), table_(table) {}

  [[nodiscard]] MDB_env* environment() const { return environment_.get(); }
  [[nodiscard]] MDB_dbi table() const { return table_; }

  [[nodiscard]] int write(Transaction const& transaction, Row const& row) const {
    auto const record = sealed(row.key, written(row));
    return put(transaction, table_, view(row.key), view(record));
  }
  [[nodiscard]] int erase(Transaction const& transaction, std::uint64_t key) const {
    auto name = view(key);
    auto const error = mdb_del(transaction.get(), table_, &name, nullptr);
    return error == MDB_NOTFOUND ? 0 : error;
  }
  // From the last row backwards, until `found` says so.
  template <class Found>
  void backwards(Transaction const& transaction, Found const& found) const {
    MDB_cursor* cursor = nullptr;
    MDB_val key{}, value{};
    if (mdb_cursor_open(transaction.get(), table_, &cursor) != 0) return;
    for (auto error = mdb_cursor_get(cursor, &key, &value, MDB_LAST); error == 0;
         error = mdb_cursor_get(cursor, &key, &value, MDB_PREV))
      if (auto const at = number<std::uint64_t>(key).value_or(head_key); at == head_key || found(at, value))
        break;
    mdb_cursor_close(cursor);
  }
  [[nodiscard]] std::uint64_t last_key(Transaction const& transaction) const {
    std::uint64_t last = head_key;
    backwards(transaction, [&](std::uint64_t key, MDB_val) { return last = key, true; });
    return last;
  }
  // Rows that are logged and older, from the first on, as far as they are together.
  [[nodiscard]] int forget_logged(Transaction const& transaction, std::int64_t before) const;
  [[nodiscard]] int raise_head(Transaction const& transaction, std::uint64_t sequence) const;

 private:
  Environment environment_;
  MDB_dbi table_;
};

int Outbox::Files::raise_head(Transaction const& transaction, std::uint64_t sequence) const {
  auto const record = get(transaction, table_, view(head_key));
  auto const head = record ? read(head_key, view(*record)) : std::nullopt;
  if (head && head->sequence >= sequence) return 0;
  return write(transaction, Row{head_key, State::logged, sequence, 0, {}});
}

int Outbox::Files::forget_logged(Transaction const& transaction, std::int64_t before) const {
  std::vector<Row> old;
  for (Cursor rows(transaction, table_, head_key + 1); rows.at_entry() && old.size() != most_forgotten;
       rows.next()) {
    auto row = read(rows.key(), rows.value(), false);
    if (!row || row->state != State::logged || row->at >= before) break;
    old.push_back(*std::move(row));
  }
  int error = 0;
  for (auto const& row : old)
    if (error == 0) error = erase(transaction, row.key);
  return error != 0 || old.empty() ? error : raise_head(transaction, old.back().sequence);
}

Outbox::Outbox(std::unique_ptr<Files> files) : files_(std::move(files)) {}
Outbox::~Outbox() = default;

Outbox::Opened Outbox::open(std::filesystem::path const& directory) {
  std::error_code made;
  std::filesystem::create_directories(directory, made);
  if (!made) std::filesystem::permissions(directory, std::filesystem::perms::owner_all, made);
  if (made) return Failure{fmt::format("{}: {}", directory.string(), made.message())};
  MDB_env* environment = nullptr;
  auto error = mdb_env_create(&environment);
  Files::Environment owned(environment);
  if (error == 0) error = mdb_env_set_mapsize(environment, map_size);
  if (error == 0) error = mdb_env_set_maxdbs(environment, 1);
  if (error == 0) error = mdb_env_open(environment, directory.c_str(), MDB_NOTLS, 0600);
  MDB_dbi table = 0;
  if (error == 0) {
    Transaction transaction(environment, 0);
    error = transaction.error();
    if (error == 0) error = mdb_dbi_open(transaction.get(), "outbox", MDB_CREATE | MDB_INTEGERKEY, &table);
    if (error == 0) error = transaction.commit();
  }
  if (error != 0) return Failure{fmt::format("{}: {}", directory.string(), failure(error).message)};
  return std::unique_ptr<Outbox>(new Outbox(std::make_unique<Files>(std::move(owned), table)));
}

std::optional<Failure> Outbox::keep(std::span<Row> rows) {
  Transaction transaction(files_->environment(), 0);
  int error = transaction.error();
  for (auto& row : rows) {
    if (error != 0) break;
    if (row.key == 0) row.key = files_->last_key(transaction) + 1;
    error = files_->write(transaction, row);
  }
  return outcome(error == 0 ? transaction.commit() : error);
}

std::optional<Failure> Outbox::forget_logged(std::int64_t time) {
  Transaction transaction(files_->environment(), 0);
  int error = transaction.error();
  if (error == 0) error = files_->forget_logged(transaction, time);
  return outcome(error == 0 ? transaction.commit() : error);
}

std::optional<Failure> Outbox::begin_at(std::uint64_t sequence) {
  Transaction transaction(files_->environment(), 0);
  int error = transaction.error();
  if (error == 0) error = files_->raise_head(transaction, sequence);
  return outcome(error == 0 ? transaction.commit() : error);
}

std::optional<Failure> Outbox::forget_astray() {
  Transaction transaction(files_->environment(), 0);
  std::vector<std::uint64_t> astray;
  int error = transaction.error();
  if (error == 0)
    for (Cursor rows(transaction, files_->table(), head_key + 1); rows.at_entry(); rows.next())
      if (auto const row = read(rows.key(), rows.value(), false); row && row->state == State::astray)
        astray.push_back(row->key);
  for (auto const key : astray)
    if (error == 0) error = files_->erase(transaction, key);
  return outcome(error == 0 ? transaction.commit() : error);
}

std::variant<std::vector<Outbox::Row>, Failure> Outbox::rows(std::uint64_t logged_behind) const {
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() != 0) return failure(transaction.error());
  std::vector<Row> found;
  Cursor rows(transaction, files_->table(), head_key + 1);
  for (; rows.at_entry(); rows.next()) {
    auto const row = read(rows.key(), rows.value(), false);
    if (!row) return Failure{fmt::format("the outbox is damaged: row {}", rows.key())};
    if (row->state == State::logged && row->sequence <= logged_behind) continue;
    found.push_back(*read(rows.key(), rows.value()));
  }
  if (rows.error() != 0) return failure(rows.error());
  return found;
}

std::optional<Outbox::Row> Outbox::last_logged(std::uint64_t up_to) const {
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  std::optional<Row> last;
  if (transaction.error() == 0)
    files_->backwards(transaction, [&](std::uint64_t key, MDB_val value) {
      auto const row = read(key, value, false);
      if (!row || row->state != State::logged || row->sequence > up_to) return false;
      last.emplace(*read(key, value));
      return true;
    });
  return last;
}

std::uint64_t Outbox::complete_from() const {
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() != 0) return UINT64_MAX;
  auto const record = get(transaction, files_->table(), view(head_key));
  auto const head = record ? read(head_key, view(*record)) : std::nullopt;
  return head ? head->sequence : UINT64_MAX;
}

}  // namespace torntape::store
