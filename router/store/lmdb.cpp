#include "router/store/lmdb.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <functional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "router/store/envelope.hpp"
#include "router/store/journal_index.hpp"
#include "router/store/lmdb_access.hpp"
#include "router/store/pages.hpp"

namespace torntape::store {

namespace {

namespace fs = std::filesystem;

using access::bytes;
using access::Cursor;
using access::get;
using access::key_of_name;
using access::NameCursor;
using access::number;
using access::put;
using access::sealed;
using access::Transaction;
using access::unsealed;
using access::view;

constexpr std::string_view application = "torntape";
constexpr unsigned format = 4;
// Read, and made into the present one. 3 had no index of the journal, 2 no circuits; 1 had no checksums.
constexpr unsigned oldest_format = 2;
constexpr unsigned most_readers = 1024;
constexpr auto data_file = "data.mdb";
constexpr auto made_file = "data.mdb.new", made_lock = "data.mdb.new-lock";  // a store being made
constexpr auto environment_lock = "lock.mdb";                                // LMDB's
constexpr auto lock_file = "torntape.lock";

constexpr std::string_view place_key = "place";  // of meta: how far a working copy holds its log

constexpr std::uint32_t settled_bit = 1U << 31U;  // of a mark; the rest counts attempts
constexpr std::uint32_t sent_bit = 1U << 31U;     // of a transmission; the rest is its channel number
// Of what was heard: the last number, and in the upper half the one before a gap.
constexpr std::uint32_t gap_bit = 1U << 31U;
constexpr std::uint32_t number_bits = 0x3FFF;
// Of what was sent: the circuit is closed. The last number is 0 where none was sent.
constexpr std::uint32_t closed_bit = 1U << 30U;

std::string in_words(int error) {
  if (error == MDB_MAP_FULL) return "the store has grown to the most it may";
  if (error == MDB_INVALID || error == MDB_VERSION_MISMATCH) return "not a store of torntape, or damaged";
  if (error > 0) return std::generic_category().message(error);
  return mdb_strerror(error);
}

Failure failure(int error) { return {in_words(error)}; }

std::uint64_t key_of(relay::CopyId id) { return id.message << 16U | id.copy; }

// Of a copy: under which number it went, whether whole, and over which circuit.
struct Transmission {
  std::uint32_t word = 0;
  std::string_view circuit;
};
std::optional<Transmission> transmission(std::string_view record) {
  auto const word = number<std::uint32_t>(view(record.substr(0, sizeof(std::uint32_t))));
  if (!word) return std::nullopt;
  return Transmission{*word, record.substr(sizeof(std::uint32_t))};
}

relay::CopyId id_of(std::uint64_t key) { return {key >> 16U, static_cast<std::uint16_t>(key & 0xFFFFU)}; }

// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

struct CloseEnvironment {
  void operator()(MDB_env* environment) const { mdb_env_close(environment); }
};
using Environment = std::unique_ptr<MDB_env, CloseEnvironment>;

struct Tables {
  MDB_dbi meta = 0, envelopes = 0, bodies = 0, marks = 0;  // by message, and by copy
  MDB_dbi transmissions = 0;                               // by copy
  MDB_dbi sent = 0, heard = 0;                             // last channel numbers, by circuit
  MDB_dbi journal = 0;                                     // see JournalIndex

  [[nodiscard]] JournalTables of_journal() const { return {meta, envelopes, bodies, journal}; }
};

std::optional<Failure> make_directory(fs::path const& directory) {
  std::error_code error;
  if (directory.has_parent_path()) fs::create_directories(directory.parent_path(), error);
  if (error) return Failure{error.message()};
  if (::mkdir(directory.c_str(), 0700) == 0 || errno == EEXIST) return std::nullopt;
  return failure(errno);
}

// A directory is ours when it holds a store, or nothing that somebody else put there. LMDB's lock file comes
// after the data file and stays: alone it says that there was a store, whose messages nobody should forget.
std::optional<Failure> check_directory(fs::path const& directory) {
  std::error_code error;
  if (!fs::is_directory(directory, error)) return Failure{"not a directory"};
  if (fs::exists(directory / data_file, error)) return std::nullopt;
  if (fs::exists(directory / environment_lock, error))
    return Failure{
        fmt::format("there was a store here, and its {} is gone; bring it back, or remove {} to begin anew",
                    data_file, environment_lock)};
  fs::directory_iterator entries(directory, error);
  if (error) return Failure{error.message()};
  for (auto const& entry : entries)
    if (auto const name = entry.path().filename();
        name != lock_file && name != made_file && name != made_lock)
      return Failure{"the directory is not empty and holds no store of torntape"};
  return std::nullopt;
}

std::variant<Descriptor, Failure> lock(fs::path const& directory) {
  Descriptor file(::open((directory / lock_file).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
  if (file.get() < 0) return failure(errno);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file;
  if (errno == EWOULDBLOCK) return Failure{"the store is open already, in this process or another"};
  return failure(errno);
}

std::variant<Environment, Failure> open_environment(fs::path const& path, LmdbOptions const& options,
                                                    unsigned flags) {
  MDB_env* made = nullptr;
  if (auto const error = mdb_env_create(&made); error != 0) return failure(error);
  Environment environment(made);
  int error = mdb_env_set_mapsize(made, options.map_size);
  if (error == 0) error = mdb_env_set_maxdbs(made, 8);
  if (error == 0) error = mdb_env_set_maxreaders(made, most_readers);
  if (error == 0) error = mdb_env_open(made, path.c_str(), MDB_NOTLS | flags, 0600);
  if (error != 0) return failure(error);
  return environment;
}

int open_tables(Transaction const& transaction, Tables& tables, unsigned create) {
  auto* const in = transaction.get();
  int error = mdb_dbi_open(in, "meta", create, &tables.meta);
  if (error == 0) error = mdb_dbi_open(in, "envelopes", create | MDB_INTEGERKEY, &tables.envelopes);
  if (error == 0) error = mdb_dbi_open(in, "bodies", create | MDB_INTEGERKEY, &tables.bodies);
  if (error == 0) error = mdb_dbi_open(in, "marks", create | MDB_INTEGERKEY, &tables.marks);
  return error;
}

// The tables that came with formats 3 and 4, and are made where a store is older. The index of the journal is
// then filled while the switch runs.
int open_later_tables(Transaction const& transaction, Tables& tables) {
  auto* const in = transaction.get();
  int error = mdb_dbi_open(in, "transmissions", MDB_CREATE | MDB_INTEGERKEY, &tables.transmissions);
  if (error == 0) error = mdb_dbi_open(in, "sent", MDB_CREATE, &tables.sent);
  if (error == 0) error = mdb_dbi_open(in, "heard", MDB_CREATE, &tables.heard);
  if (error == 0) error = mdb_dbi_open(in, "journal", MDB_CREATE, &tables.journal);
  return error;
}

int write_meta(Transaction const& transaction, Tables const& tables) {
  auto const version = std::to_string(format);
  auto const error = put(transaction, tables.meta, view("application"), view(application));
  return error != 0 ? error : put(transaction, tables.meta, view("format"), view(version));
}

std::optional<Failure> check_meta(Transaction const& transaction, Tables const& tables) {
  auto const version = get(transaction, tables.meta, view("format"));
  unsigned found = 0;
  if (get(transaction, tables.meta, view("application")) != application || !version ||
      std::from_chars(version->data(), version->data() + version->size(), found).ec != std::errc{})
    return Failure{"not a store of torntape"};
  if (found < oldest_format || found > format)
    return Failure{fmt::format("the store has format {}, this torntape reads formats {} to {}", found,
                               oldest_format, format)};
  return std::nullopt;
}

int make_tables(MDB_env* environment) {
  Transaction transaction(environment, 0);
  Tables tables;
  auto error = transaction.error();
  if (error == 0) error = open_tables(transaction, tables, MDB_CREATE);
  if (error == 0) error = open_later_tables(transaction, tables);
  if (error == 0) error = write_meta(transaction, tables);
  return error == 0 ? transaction.commit() : error;
}

int sync_directory(fs::path const& directory) {
  Descriptor const opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.get() >= 0 && ::fsync(opened.get()) == 0 ? 0 : errno;
}

// A store is made under another name and then given its own: a store that was made in part is never found.
std::optional<Failure> make(fs::path const& directory, LmdbOptions const& options) {
  std::error_code ignored;
  fs::remove(directory / made_file, ignored);
  auto opened = open_environment(directory / made_file, options, MDB_NOSUBDIR);
  if (auto const* const failed = std::get_if<Failure>(&opened)) return *failed;
  auto error = make_tables(std::get<Environment>(opened).get());
  std::get<Environment>(opened).reset();
  fs::remove(directory / made_lock, ignored);
  if (error == 0 && ::rename((directory / made_file).c_str(), (directory / data_file).c_str()) != 0)
    error = errno;
  if (error == 0) error = sync_directory(directory);
  return error == 0 ? std::nullopt : std::optional(failure(error));
}

std::variant<Tables, Failure> find_tables(MDB_env* environment) {
  Transaction transaction(environment, 0);
  if (transaction.error() != 0) return failure(transaction.error());
  Tables tables;
  auto error = open_tables(transaction, tables, 0);
  if (error == MDB_NOTFOUND || error == MDB_INCOMPATIBLE) return Failure{"not a store of torntape"};
  if (error != 0) return failure(error);
  if (auto mismatch = check_meta(transaction, tables)) return *std::move(mismatch);
  error = open_later_tables(transaction, tables);
  if (error == 0) error = write_meta(transaction, tables);
  if (error != 0) return failure(error);
  if (error = transaction.commit(); error != 0) return failure(error);
  return tables;
}

Failure damaged(fs::path const& directory, std::string_view how) {
  return {fmt::format("the store in {} is damaged: {}", directory.string(), how)};
}

}  // namespace

class LmdbStore::Files {
 public:
  Files(fs::path directory, Descriptor lock, Environment environment, Tables tables)
      : directory_(std::move(directory)),
        lock_(std::move(lock)),
        environment_(std::move(environment)),
        tables_(tables) {}

  [[nodiscard]] fs::path const& directory() const { return directory_; }
  [[nodiscard]] MDB_env* environment() const { return environment_.get(); }
  [[nodiscard]] Tables const& tables() const { return tables_; }

  [[nodiscard]] int write(Transaction const& transaction, relay::Accepted const& accepted) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Handed const& handed) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Settled const& settled) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Refiled const& refiled) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Numbered const& numbered) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Transmitted const& transmitted) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Recalled const& recalled) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Heard const& heard) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Closure const& closure) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Moved const& moved) const;
  [[nodiscard]] int write(Transaction const& transaction, relay::Pruned const& pruned) const;
  // Of a log (see `LmdbStore::follow`).
  [[nodiscard]] int follow(Transaction const& transaction, std::span<relay::Record const> group,
                           bool told_again) const;
  [[nodiscard]] int put_place(Transaction const& transaction, Place const& place) const;
  [[nodiscard]] bool knows(Transaction const& transaction, relay::MessageNumber number) const;
  [[nodiscard]] int erase_meta(Transaction const& transaction, std::string_view name) const;
  // Of a message of so many copies.
  [[nodiscard]] bool all_settled(Transaction const& transaction, relay::MessageNumber number,
                                 std::size_t copies) const;
  [[nodiscard]] std::optional<Failure> replay_channels(
      Transaction const& transaction, std::function<void(relay::Record const&)> const& apply) const;
  [[nodiscard]] std::vector<SentAs> sent_as(Transaction const& transaction,
                                            relay::Envelope const& envelope) const;
  // None where it is not as it was written.
  [[nodiscard]] std::optional<std::string_view> text(Transaction const& transaction, std::uint64_t key) const;
  [[nodiscard]] std::uint32_t word(Transaction const& transaction, MDB_dbi table, std::uint64_t key) const;

 private:
  [[nodiscard]] int put_word(Transaction const& transaction, MDB_dbi table, std::uint64_t key,
                             std::uint32_t word) const;
  [[nodiscard]] std::uint32_t channel(Transaction const& transaction, MDB_dbi table,
                                      std::string_view circuit) const;
  [[nodiscard]] int put_channel(Transaction const& transaction, MDB_dbi table, std::string_view circuit,
                                std::uint32_t word) const;
  [[nodiscard]] int put_transmission(Transaction const& transaction, relay::CopyId copy, std::uint32_t word,
                                     std::string_view circuit) const;
  [[nodiscard]] int erase(Transaction const& transaction, MDB_dbi table, std::uint64_t key) const;
  [[nodiscard]] int tell_again(Transaction const& transaction, std::span<relay::Record const> group) const;
  [[nodiscard]] int put_again(Transaction const& transaction, relay::Accepted const& accepted) const;

  fs::path directory_;
  Descriptor lock_;  // released last
  Environment environment_;
  Tables tables_;
};

int LmdbStore::Files::write(Transaction const& transaction, relay::Accepted const& accepted) const {
  auto const key = std::uint64_t{accepted.envelope.number};
  auto const envelope = sealed(key, encode(accepted.envelope));
  auto const body = sealed(
      key, accepted.message == nullptr ? std::string_view() : std::string_view(accepted.message->bytes()));
  auto const error = put(transaction, tables_.envelopes, view(key), view(envelope), MDB_APPEND);
  return error != 0 ? error : put(transaction, tables_.bodies, view(key), view(body), MDB_APPEND);
}

// Of a copy: its mark, its transmission. 0 where there is none yet.
std::uint32_t LmdbStore::Files::word(Transaction const& transaction, MDB_dbi table, std::uint64_t key) const {
  auto const record = get(transaction, table, view(key));
  auto const known = record ? unsealed(key, *record) : std::nullopt;
  return known ? number<std::uint32_t>(view(*known)).value_or(0) : 0;
}

int LmdbStore::Files::put_word(Transaction const& transaction, MDB_dbi table, std::uint64_t key,
                               std::uint32_t word) const {
  auto const record = sealed(key, bytes(view(word)));
  return put(transaction, table, view(key), view(record));
}

// 0 where there is none yet.
std::uint32_t LmdbStore::Files::channel(Transaction const& transaction, MDB_dbi table,
                                        std::string_view circuit) const {
  auto const record = get(transaction, table, view(circuit));
  auto const known = record ? unsealed(key_of_name(circuit), *record) : std::nullopt;
  return known ? number<std::uint32_t>(view(*known)).value_or(0) : 0;
}

int LmdbStore::Files::put_channel(Transaction const& transaction, MDB_dbi table, std::string_view circuit,
                                  std::uint32_t word) const {
  auto const record = sealed(key_of_name(circuit), bytes(view(word)));
  return put(transaction, table, view(circuit), view(record));
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Handed const& handed) const {
  auto const key = key_of(handed.copy);
  auto const known = word(transaction, tables_.marks, key);
  auto const attempts = std::max(known & ~settled_bit, handed.attempt & ~settled_bit);
  return put_word(transaction, tables_.marks, key, attempts | (known & settled_bit));
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Settled const& settled) const {
  auto const key = key_of(settled.copy);
  return put_word(transaction, tables_.marks, key, word(transaction, tables_.marks, key) | settled_bit);
}

std::optional<std::string_view> LmdbStore::Files::text(Transaction const& transaction,
                                                       std::uint64_t key) const {
  auto const record = get(transaction, tables_.bodies, view(key));
  return record ? unsealed(key, *record) : std::nullopt;
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Refiled const& refiled) const {
  auto const key = std::uint64_t{refiled.number};
  if (text(transaction, key)) return 0;
  auto const body = sealed(key, refiled.message->bytes());
  auto const error = put(transaction, tables_.bodies, view(key), view(body));
  return error != 0 ? error : JournalIndex(transaction, tables_.of_journal()).add(refiled.number);
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Numbered const& numbered) const {
  auto const closed = channel(transaction, tables_.sent, numbered.circuit) & closed_bit;
  auto const error = put_channel(transaction, tables_.sent, numbered.circuit, numbered.number | closed);
  if (error != 0 || numbered.copy.message == 0) return error;
  return put_transmission(transaction, numbered.copy, numbered.number, numbered.circuit);
}

int LmdbStore::Files::put_transmission(Transaction const& transaction, relay::CopyId copy, std::uint32_t word,
                                       std::string_view circuit) const {
  auto const key = key_of(copy);
  auto const record = sealed(key, std::string(bytes(view(word))).append(circuit));
  return put(transaction, tables_.transmissions, view(key), view(record));
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Transmitted const& transmitted) const {
  auto const key = key_of(transmitted.copy);
  auto const record = get(transaction, tables_.transmissions, view(key));
  auto const known = record ? unsealed(key, *record) : std::nullopt;
  auto const kept = known ? transmission(*known) : std::nullopt;
  if (!kept) return 0;
  std::string const circuit(kept->circuit);
  return put_transmission(transaction, transmitted.copy, kept->word | sent_bit, circuit);
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Recalled const& recalled) const {
  return erase(transaction, tables_.transmissions, key_of(recalled.copy));
}

int LmdbStore::Files::erase(Transaction const& transaction, MDB_dbi table, std::uint64_t key) const {
  auto name = view(key);
  auto const error = mdb_del(transaction.get(), table, &name, nullptr);
  return error == MDB_NOTFOUND ? 0 : error;
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Heard const& heard) const {
  auto const gap = heard.before_gap ? gap_bit | std::uint32_t{*heard.before_gap} << 16U : 0U;
  return put_channel(transaction, tables_.heard, heard.circuit, heard.number | gap);
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Closure const& closure) const {
  auto const last = channel(transaction, tables_.sent, closure.circuit) & ~closed_bit;
  return put_channel(transaction, tables_.sent, closure.circuit, last | (closure.closed ? closed_bit : 0U));
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Moved const& moved) const {
  auto const key = std::uint64_t{moved.copy.message};
  auto const record = get(transaction, tables_.envelopes, view(key));
  auto const kept = record ? unsealed(key, *record) : std::nullopt;
  auto envelope = kept ? decode(moved.copy.message, *kept) : std::nullopt;
  if (!envelope || moved.copy.copy >= envelope->copies.size()) return MDB_CORRUPTED;
  auto& copies = envelope->copies;
  copies[moved.copy.copy] = moved.into.front();
  copies.insert(copies.end(), moved.into.begin() + 1, moved.into.end());
  auto const changed = sealed(key, encode(*envelope));
  auto error = put(transaction, tables_.envelopes, view(key), view(changed));
  if (error == 0) error = JournalIndex(transaction, tables_.of_journal()).add(moved.copy.message);
  if (error != 0 || relay::is_circuit_queue(moved.into.front().queue)) return error;
  return erase(transaction, tables_.transmissions, key_of(moved.copy));
}

int LmdbStore::Files::write(Transaction const& transaction, relay::Pruned const& pruned) const {
  auto const key = std::uint64_t{pruned.number};
  auto const record = get(transaction, tables_.envelopes, view(key));
  auto const kept = record ? unsealed(key, *record) : std::nullopt;
  auto const envelope = kept ? decode(pruned.number, *kept) : std::nullopt;
  int error = JournalIndex(transaction, tables_.of_journal()).remove(pruned.number);
  for (std::size_t i = 0; envelope && error == 0 && i != envelope->copies.size(); ++i) {
    auto const copy = key_of({pruned.number, static_cast<std::uint16_t>(i)});
    error = erase(transaction, tables_.marks, copy);
    if (error == 0) error = erase(transaction, tables_.transmissions, copy);
  }
  if (error == 0) error = erase(transaction, tables_.bodies, key);
  return error == 0 ? erase(transaction, tables_.envelopes, key) : error;
}

namespace {

// The message that a record is about; 0: none.
struct About {
  relay::MessageNumber operator()(relay::Accepted const& what) const { return what.envelope.number; }
  relay::MessageNumber operator()(relay::Refiled const& what) const { return what.number; }
  relay::MessageNumber operator()(relay::Pruned const& what) const { return what.number; }
  relay::MessageNumber operator()(relay::Heard const&) const { return 0; }
  relay::MessageNumber operator()(relay::Closure const&) const { return 0; }
  relay::MessageNumber operator()(auto const& what) const { return what.copy.message; }
};
relay::MessageNumber about(relay::Record const& record) { return std::visit(About{}, record); }

}  // namespace

bool LmdbStore::Files::knows(Transaction const& transaction, relay::MessageNumber number) const {
  auto const key = std::uint64_t{number};
  return get(transaction, tables_.envelopes, view(key)).has_value();
}

int LmdbStore::Files::follow(Transaction const& transaction, std::span<relay::Record const> group,
                             bool told_again) const {
  if (told_again) return tell_again(transaction, group);
  for (auto const& record : group) {
    auto const number = about(record);
    bool const fresh = std::holds_alternative<relay::Accepted>(record);
    bool const left_out = number != 0 && knows(transaction, number) == fresh;
    int error = 0;
    if (!left_out)
      error = std::visit([&](auto const& what) { return write(transaction, what); }, record);
    else if (auto const* const numbered = std::get_if<relay::Numbered>(&record))
      error = write(transaction, relay::Numbered{numbered->circuit, numbered->number, {}});
    if (error != 0) return error;
  }
  return 0;
}

// Its records follow a message told again.
int LmdbStore::Files::tell_again(Transaction const& transaction, std::span<relay::Record const> group) const {
  relay::MessageNumber fresh = 0;
  for (auto const& record : group) {
    auto const number = about(record);
    int error = 0;
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record)) {
      fresh = knows(transaction, number) ? 0 : number;
      if (fresh != 0) error = put_again(transaction, *accepted);
    } else if (number != 0 && number != fresh) {
      continue;
    } else if (auto const* const numbered = std::get_if<relay::Numbered>(&record); numbered && number != 0) {
      error = put_transmission(transaction, numbered->copy, numbered->number, numbered->circuit);
    } else {
      error = std::visit([&](auto const& what) { return write(transaction, what); }, record);
    }
    if (error != 0) return error;
  }
  return 0;
}

// In its place among the others, not behind them.
int LmdbStore::Files::put_again(Transaction const& transaction, relay::Accepted const& accepted) const {
  auto const key = std::uint64_t{accepted.envelope.number};
  auto const envelope = sealed(key, encode(accepted.envelope));
  auto const body = sealed(key, accepted.message->bytes());
  auto error = put(transaction, tables_.envelopes, view(key), view(envelope));
  if (error == 0) error = put(transaction, tables_.bodies, view(key), view(body));
  return error != 0 ? error : JournalIndex(transaction, tables_.of_journal()).add(accepted.envelope.number);
}

int LmdbStore::Files::erase_meta(Transaction const& transaction, std::string_view name) const {
  auto key = view(name);
  auto const error = mdb_del(transaction.get(), tables_.meta, &key, nullptr);
  return error == MDB_NOTFOUND ? 0 : error;
}

int LmdbStore::Files::put_place(Transaction const& transaction, Place const& place) const {
  auto const record =
      sealed(key_of_name(place_key), std::string(bytes(view(place.sequence))).append(place.log));
  return put(transaction, tables_.meta, view(place_key), view(record));
}

bool LmdbStore::Files::all_settled(Transaction const& transaction, relay::MessageNumber number,
                                   std::size_t copies) const {
  for (std::size_t i = 0; i != copies; ++i) {
    auto const key = key_of({number, static_cast<std::uint16_t>(i)});
    if ((word(transaction, tables_.marks, key) & settled_bit) == 0) return false;
  }
  return true;
}

std::vector<Store::SentAs> LmdbStore::Files::sent_as(Transaction const& transaction,
                                                     relay::Envelope const& envelope) const {
  std::vector<SentAs> sent;
  for (std::size_t i = 0; i != envelope.copies.size(); ++i) {
    if (!relay::is_circuit_queue(envelope.copies[i].queue)) continue;
    auto const copy = static_cast<std::uint16_t>(i);
    auto const key = key_of({envelope.number, copy});
    auto const record = get(transaction, tables_.transmissions, view(key));
    auto const known = record ? unsealed(key, *record) : std::nullopt;
    auto const kept = known ? transmission(*known) : std::nullopt;
    if (!kept) continue;
    auto const circuit = kept->circuit.empty() ? relay::circuit_of(envelope.copies[i].queue) : kept->circuit;
    sent.push_back({copy, static_cast<relay::ChannelNumber>(kept->word & ~sent_bit), std::string(circuit)});
  }
  return sent;
}

std::optional<Failure> LmdbStore::Files::replay_channels(
    Transaction const& transaction, std::function<void(relay::Record const&)> const& apply) const {
  for (auto const table : {tables_.sent, tables_.heard}) {
    NameCursor channels(transaction, table);
    for (; channels.at_entry(); channels.next()) {
      std::string circuit(channels.name());
      auto const record = unsealed(key_of_name(circuit), bytes(channels.value()));
      auto const word = record ? number<std::uint32_t>(view(*record)) : std::nullopt;
      if (!word) return damaged(directory_, fmt::format("the channel numbers of circuit {}", circuit));
      auto const last = static_cast<relay::ChannelNumber>(*word & number_bits);
      auto const before = static_cast<relay::ChannelNumber>(*word >> 16U & number_bits);
      if (table == tables_.sent) {
        if (last != 0) apply(relay::Numbered{circuit, last, {}});
        if ((*word & closed_bit) != 0) apply(relay::Closure{std::move(circuit), true});
      } else {
        apply(relay::Heard{std::move(circuit), last,
                           (*word & gap_bit) != 0 ? std::optional(before) : std::nullopt});
      }
    }
    if (channels.error() != 0) return failure(channels.error());
  }
  return std::nullopt;
}

LmdbStore::Opened LmdbStore::open(fs::path const& directory, LmdbOptions options) {
  auto const located = [&](Failure const& what) {
    return Failure{fmt::format("{}: {}", directory.string(), what.message)};
  };
  if (std::error_code error; !options.make && !fs::exists(directory / data_file, error))
    return located({"no store of torntape"});
  if (auto const failed = make_directory(directory)) return located(*failed);
  if (auto const failed = check_directory(directory)) return located(*failed);
  auto locked = lock(directory);
  if (auto const* const failed = std::get_if<Failure>(&locked)) return located(*failed);
  if (std::error_code error; !fs::exists(directory / data_file, error))
    if (auto const failed = make(directory, options)) return located(*failed);
  if (auto const damage = damage_in_pages(directory / data_file)) return damaged(directory, *damage);
  auto opened = open_environment(directory, options, 0);
  if (auto const* const failed = std::get_if<Failure>(&opened)) return located(*failed);
  auto& environment = std::get<Environment>(opened);
  auto tables = find_tables(environment.get());
  if (auto const* const failed = std::get_if<Failure>(&tables)) return located(*failed);
  auto store = std::unique_ptr<LmdbStore>(new LmdbStore(std::make_unique<Files>(
      directory, std::move(std::get<Descriptor>(locked)), std::move(environment), std::get<Tables>(tables))));
  if (auto const failed = store->of_another_kind(options.kind)) return located(*failed);
  return store;
}

// A store of its own, and the working copy of a log, are not taken for each other: what one of them holds
// would be lost, or sent twice.
std::optional<Failure> LmdbStore::of_another_kind(LmdbOptions::Kind wanted) const {
  if (wanted == LmdbOptions::Kind::own && place())
    return Failure{
        "this is the working copy of a switch on NATS: give its --store nats://…, or make it a store of "
        "its own by torntape store migrate --from nats://… --to lmdb:DIR"};
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() != 0) return failure(transaction.error());
  if (wanted == LmdbOptions::Kind::of_log && !place() &&
      Cursor(transaction, files_->tables().envelopes).at_entry())
    return Failure{
        "there is a store of its own here, not the working copy of a log: name another directory, or bring "
        "the store to NATS by torntape store migrate --from lmdb:DIR --to nats://…"};
  return std::nullopt;
}

LmdbStore::LmdbStore(std::unique_ptr<Files> files) : files_(std::move(files)) {}
LmdbStore::~LmdbStore() = default;

std::optional<Failure> LmdbStore::commit(std::span<relay::Record const> records) {
  Transaction transaction(files_->environment(), 0);
  if (transaction.error() != 0) return failure(transaction.error());
  for (auto const& record : records) {
    auto const error = std::visit([&](auto const& what) { return files_->write(transaction, what); }, record);
    if (error != 0) return failure(error);
  }
  auto const error = transaction.commit();
  return error == 0 ? std::nullopt : std::optional(failure(error));
}

namespace {

using Apply = std::function<void(relay::Record const&)>;

// Applies what a table has of the copies up to a message, in order; the damaged copy, if there is one.
template <class Read, class Make>
std::optional<relay::CopyId> replay_words(Cursor& words, relay::MessageNumber up_to, Read const& read,
                                          Make const& make) {
  for (; words.at_entry() && id_of(words.key()).message <= up_to; words.next()) {
    auto const copy = id_of(words.key());
    auto const record = unsealed(words.key(), bytes(words.value()));
    auto const word = record ? read(*record) : std::nullopt;
    if (!word) return copy;
    make(copy, *word);
  }
  return std::nullopt;
}

std::optional<std::uint32_t> mark_of(std::string_view record) { return number<std::uint32_t>(view(record)); }

void apply_mark(relay::CopyId copy, std::uint32_t mark, Apply const& apply) {
  if ((mark & settled_bit) != 0)
    apply(relay::Settled{copy});
  else
    apply(relay::Handed{copy, mark});
}

// A record of former days does not name the circuit: it is the one the copy waits for.
void apply_transmission(relay::CopyId copy, Transmission kept, relay::Envelope const& envelope,
                        Apply const& apply) {
  if (copy.message != envelope.number || copy.copy >= envelope.copies.size()) return;
  auto const& queue = envelope.copies[copy.copy].queue;
  if (kept.circuit.empty() && !relay::is_circuit_queue(queue)) return;
  auto const circuit = kept.circuit.empty() ? relay::circuit_of(queue) : kept.circuit;
  apply(
      relay::Numbered{std::string(circuit), static_cast<relay::ChannelNumber>(kept.word & ~sent_bit), copy});
  if ((kept.word & sent_bit) != 0) apply(relay::Transmitted{copy});
}

}  // namespace

std::optional<Failure> LmdbStore::replay(Apply const& apply) {
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() != 0) return failure(transaction.error());
  Cursor marks(transaction, files_->tables().marks);
  Cursor transmissions(transaction, files_->tables().transmissions);
  Cursor envelopes(transaction, files_->tables().envelopes);
  for (; envelopes.at_entry(); envelopes.next()) {
    auto const kept = unsealed(envelopes.key(), bytes(envelopes.value()));
    auto envelope = kept ? decode(envelopes.key(), *kept) : std::nullopt;
    if (!envelope)
      return damaged(files_->directory(), fmt::format("the envelope of message {}", envelopes.key()));
    apply(relay::Accepted{*envelope, nullptr});
    auto const mark = [&](relay::CopyId copy, std::uint32_t word) { apply_mark(copy, word, apply); };
    if (auto const copy = replay_words(marks, envelopes.key(), mark_of, mark))
      return damaged(files_->directory(), fmt::format("the mark of copy {}", to_string(*copy)));
    auto const sent = [&](relay::CopyId copy, Transmission went) {
      apply_transmission(copy, went, *envelope, apply);
    };
    if (auto const copy = replay_words(transmissions, envelopes.key(), transmission, sent))
      return damaged(files_->directory(), fmt::format("the transmission of copy {}", to_string(*copy)));
  }
  for (auto const error : {envelopes.error(), marks.error(), transmissions.error()})
    if (error != 0) return failure(error);
  return files_->replay_channels(transaction, apply);
}

std::variant<Store::Stored, Store::Missing> LmdbStore::message(relay::MessageNumber number) {
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() != 0) return Missing::damaged;
  auto const key = std::uint64_t{number};
  auto const record = get(transaction, files_->tables().envelopes, view(key));
  if (!record) return Missing::unknown;
  auto const kept = unsealed(key, *record), text = files_->text(transaction, key);
  auto envelope = kept ? decode(number, *kept) : std::nullopt;
  if (!envelope || !text) return Missing::damaged;
  auto sent = files_->sent_as(transaction, *envelope);
  return Stored{*std::move(envelope), std::string(*text), std::move(sent)};
}

std::optional<Failure> LmdbStore::follow(std::span<Group const> groups, Place const& place) {
  Transaction transaction(files_->environment(), 0);
  int error = transaction.error();
  for (auto group = groups.begin(); error == 0 && group != groups.end(); ++group)
    error = files_->follow(transaction, group->records, group->told_again);
  if (error == 0) error = files_->put_place(transaction, place);
  if (error == 0) error = transaction.commit();
  return error == 0 ? std::nullopt : std::optional(failure(error));
}

std::optional<Failure> LmdbStore::follow(std::span<relay::Record const> group, bool told_again,
                                         Place const& place) {
  Transaction transaction(files_->environment(), 0);
  int error = transaction.error();
  if (error == 0) error = files_->follow(transaction, group, told_again);
  if (error == 0) error = files_->put_place(transaction, place);
  if (error == 0) error = transaction.commit();
  return error == 0 ? std::nullopt : std::optional(failure(error));
}

std::optional<Place> LmdbStore::place() const {
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() != 0) return std::nullopt;
  auto const record = get(transaction, files_->tables().meta, view(place_key));
  auto const kept = record ? unsealed(key_of_name(place_key), *record) : std::nullopt;
  auto const sequence =
      kept ? number<std::uint64_t>(view(kept->substr(0, sizeof(std::uint64_t)))) : std::nullopt;
  if (!sequence) return std::nullopt;
  return Place{std::string(kept->substr(sizeof(std::uint64_t))), *sequence};
}

std::optional<Failure> LmdbStore::clear() {
  auto const& tables = files_->tables();
  Transaction transaction(files_->environment(), 0);
  int error = transaction.error();
  for (auto const table : {tables.envelopes, tables.bodies, tables.marks, tables.transmissions, tables.sent,
                           tables.heard, tables.journal})
    if (error == 0) error = mdb_drop(transaction.get(), table, 0);
  if (error == 0) error = JournalIndex(transaction, tables.of_journal()).begin_anew();
  if (error == 0) error = files_->erase_meta(transaction, place_key);
  if (error == 0) error = transaction.commit();
  return error == 0 ? std::nullopt : std::optional(failure(error));
}

std::optional<Failure> LmdbStore::leave_log() {
  Transaction transaction(files_->environment(), 0);
  int error = transaction.error();
  if (error == 0) error = files_->erase_meta(transaction, place_key);
  if (error == 0) error = transaction.commit();
  return error == 0 ? std::nullopt : std::optional(failure(error));
}

bool LmdbStore::knows(relay::MessageNumber number) const {
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  return transaction.error() == 0 && files_->knows(transaction, number);
}

std::vector<relay::Record> LmdbStore::records_of(relay::MessageNumber number) const {
  std::vector<relay::Record> records;
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() != 0) return records;
  auto const key = std::uint64_t{number};
  auto const record = get(transaction, files_->tables().envelopes, view(key));
  auto const kept = record ? unsealed(key, *record) : std::nullopt;
  auto envelope = kept ? decode(number, *kept) : std::nullopt;
  if (!envelope) return records;
  auto const add = [&records](relay::Record const& told) { records.push_back(told); };
  records.emplace_back(relay::Accepted{*envelope, nullptr});
  for (std::size_t i = 0; i != envelope->copies.size(); ++i) {
    relay::CopyId const copy{number, static_cast<std::uint16_t>(i)};
    auto const copy_key = key_of(copy);
    auto const mark = files_->word(transaction, files_->tables().marks, copy_key);
    if ((mark & ~settled_bit) != 0) add(relay::Handed{copy, mark & ~settled_bit});
    if ((mark & settled_bit) != 0) add(relay::Settled{copy});
    auto const sent = get(transaction, files_->tables().transmissions, view(copy_key));
    auto const whole = sent ? unsealed(copy_key, *sent) : std::nullopt;
    if (auto const went = whole ? transmission(*whole) : std::nullopt)
      apply_transmission(copy, *went, *envelope, add);
  }
  return records;
}

std::vector<relay::Record> LmdbStore::channels() const {
  std::vector<relay::Record> records;
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() == 0 && files_->replay_channels(transaction, [&records](relay::Record const& told) {
        records.push_back(told);
      }))
    records.clear();
  return records;
}

std::uint64_t LmdbStore::bytes_kept() const {
  std::uint64_t pages = 0, page_size = 0;
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  auto const& tables = files_->tables();
  for (auto const table : {tables.envelopes, tables.bodies, tables.marks, tables.transmissions}) {
    MDB_stat stat{};
    if (transaction.error() != 0 || mdb_stat(transaction.get(), table, &stat) != 0) continue;
    pages += stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages;
    page_size = stat.ms_psize;
  }
  return pages * page_size;
}

Store::Settled LmdbStore::settled_before(relay::Now time, relay::MessageNumber from, std::size_t most) {
  Settled found;
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() != 0) return found;
  Cursor envelopes(transaction, files_->tables().envelopes, from);
  while (envelopes.at_entry()) {
    auto const number = envelopes.key();
    auto const kept = unsealed(number, bytes(envelopes.value()));
    auto envelope = kept ? decode(number, *kept) : std::nullopt;
    envelopes.next();
    if (!envelopes.at_entry() || (envelope && envelope->accepted_at >= time)) break;
    if (most-- == 0) return found.next = number, found;
    if (envelope && files_->all_settled(transaction, number, envelope->copies.size()))
      found.messages.push_back(*std::move(envelope));
  }
  return found;
}

Found LmdbStore::search(Wanted const& wanted, relay::MessageNumber before, std::size_t most) {
  Transaction const transaction(files_->environment(), MDB_RDONLY);
  if (transaction.error() != 0) return {};
  return JournalIndex(transaction, files_->tables().of_journal()).search(terms_of(wanted), before, most);
}

// What cannot be written now, on a full disk, is tried again; searches read the texts meanwhile.
bool LmdbStore::index(std::size_t behind) {
  Transaction transaction(files_->environment(), 0);
  if (transaction.error() != 0) return false;
  JournalIndex journal(transaction, files_->tables().of_journal());
  auto const before = journal.behind();
  if (before <= behind || journal.add_block() != 0 || journal.behind() == before) return false;
  return transaction.commit() == 0;
}

std::optional<Failure> LmdbStore::compact(fs::path const& directory) {
  LmdbOptions options;
  options.make = false;
  options.kind = LmdbOptions::Kind::either;
  auto opened = open(directory, options);
  if (auto const* const failed = std::get_if<Failure>(&opened)) return *failed;
  auto const located = [&](int error) {
    return Failure{fmt::format("{}: {}", directory.string(), in_words(error))};
  };
  auto const made = directory / made_file;
  Descriptor const file(::open(made.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600));
  if (file.get() < 0) return located(errno);
  auto const& store = *std::get<std::unique_ptr<LmdbStore>>(opened);
  auto error = mdb_env_copyfd2(store.files_->environment(), file.get(), MDB_CP_COMPACT);
  if (error == 0 && ::fsync(file.get()) != 0) error = errno;
  if (error == 0 && ::rename(made.c_str(), (directory / data_file).c_str()) != 0) error = errno;
  if (error == 0) error = sync_directory(directory);
  if (error == 0) return std::nullopt;
  std::error_code ignored;
  fs::remove(made, ignored);
  return located(error);
}

}  // namespace torntape::store
