// LMDB made safe to hold: views, records with their checksums, transactions, cursors. Of lmdb.cpp,
// journal_index.cpp and outbox.cpp alone.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <lmdb.h>
#include <zlib.h>

namespace torntape::store::access {

inline MDB_val view(std::string_view bytes) { return {bytes.size(), const_cast<char*>(bytes.data())}; }

template <std::integral Number>
MDB_val view(Number const& number) {
  return {sizeof number, const_cast<Number*>(&number)};
}

inline std::string_view bytes(MDB_val value) {
  return {static_cast<char const*>(value.mv_data), value.mv_size};
}

template <class Number>
std::optional<Number> number(MDB_val value) {
  Number read{};
  if (value.mv_size != sizeof read) return std::nullopt;
  std::memcpy(&read, value.mv_data, sizeof read);
  return read;
}

// A record as it is kept: the CRC-32 of its key and of its bytes, then the bytes.
using Checksum = std::uint32_t;

inline Checksum checksum(std::uint64_t key, std::string_view bytes) {
  std::array<Bytef, sizeof key> head{};
  std::memcpy(head.data(), &key, sizeof key);
  auto const of_key = ::crc32_z(0, head.data(), head.size());
  return static_cast<Checksum>(::crc32_z(of_key, reinterpret_cast<Bytef const*>(bytes.data()), bytes.size()));
}

inline std::string sealed(std::uint64_t key, std::string_view bytes) {
  auto const sum = checksum(key, bytes);
  std::string out(sizeof sum, '\0');
  std::memcpy(out.data(), &sum, sizeof sum);
  return out.append(bytes);
}

// None where the record is damaged.
inline std::optional<std::string_view> unsealed(std::uint64_t key, std::string_view record) {
  Checksum sum = 0;
  if (record.size() < sizeof sum) return std::nullopt;
  std::memcpy(&sum, record.data(), sizeof sum);
  record.remove_prefix(sizeof sum);
  return sum == checksum(key, record) ? std::optional(record) : std::nullopt;
}

// Of a record that is kept under a name: what its checksum takes for the key.
inline std::uint64_t key_of_name(std::string_view name) {
  return ::crc32_z(0, reinterpret_cast<Bytef const*>(name.data()), name.size());
}

// A transaction that is aborted unless committed.
class Transaction {
 public:
  Transaction(MDB_env* environment, unsigned flags) {
    error_ = mdb_txn_begin(environment, nullptr, flags, &transaction_);
  }
  Transaction(Transaction const&) = delete;
  Transaction& operator=(Transaction const&) = delete;
  ~Transaction() {
    if (transaction_ != nullptr) mdb_txn_abort(transaction_);
  }
  [[nodiscard]] int error() const { return error_; }
  [[nodiscard]] MDB_txn* get() const { return transaction_; }
  [[nodiscard]] int commit() { return mdb_txn_commit(std::exchange(transaction_, nullptr)); }

 private:
  MDB_txn* transaction_ = nullptr;
  int error_ = 0;
};

// Walks a table of names from its first entry on, or from the first that is not before `from`.
class NameCursor {
 public:
  NameCursor(Transaction const& transaction, MDB_dbi table, MDB_val from = {}) : key_(from) {
    error_ = mdb_cursor_open(transaction.get(), table, &cursor_);
    move(from.mv_size == 0 ? MDB_FIRST : MDB_SET_RANGE);
  }
  NameCursor(NameCursor const&) = delete;
  NameCursor& operator=(NameCursor const&) = delete;
  ~NameCursor() {
    if (cursor_ != nullptr) mdb_cursor_close(cursor_);
  }
  void next() { move(MDB_NEXT); }
  [[nodiscard]] bool at_entry() const { return error_ == 0; }
  [[nodiscard]] int error() const { return error_ == MDB_NOTFOUND ? 0 : error_; }
  [[nodiscard]] std::string_view name() const { return bytes(key_); }
  [[nodiscard]] MDB_val value() const { return value_; }

 private:
  void move(MDB_cursor_op operation) {
    if (error_ == 0) error_ = mdb_cursor_get(cursor_, &key_, &value_, operation);
  }

  MDB_cursor* cursor_ = nullptr;
  MDB_val key_{}, value_{};
  int error_ = 0;
};

// Walks a table of numbers from its first entry on.
class Cursor {
 public:
  Cursor(Transaction const& transaction, MDB_dbi table, std::uint64_t from = 0)
      : names_(transaction, table, view(from)) {
    read();
  }
  void next() {
    names_.next();
    read();
  }
  [[nodiscard]] bool at_entry() const { return error_ == 0 && names_.at_entry(); }
  [[nodiscard]] int error() const { return error_ != 0 ? error_ : names_.error(); }
  [[nodiscard]] std::uint64_t key() const { return key_; }
  [[nodiscard]] MDB_val value() const { return names_.value(); }

 private:
  void read() {
    if (!names_.at_entry()) return;
    auto const found = number<std::uint64_t>(view(names_.name()));
    error_ = found ? 0 : MDB_CORRUPTED;
    key_ = found.value_or(0);
  }

  NameCursor names_;
  std::uint64_t key_ = 0;
  int error_ = 0;
};

// Walks a table of names from the last entry before `from` backwards.
class BackwardCursor {
 public:
  BackwardCursor(Transaction const& transaction, MDB_dbi table, std::string_view from) : key_(view(from)) {
    error_ = mdb_cursor_open(transaction.get(), table, &cursor_);
    if (error_ == 0) error_ = mdb_cursor_get(cursor_, &key_, &value_, MDB_SET_RANGE);
    if (error_ == 0)
      move(MDB_PREV);
    else if (error_ == MDB_NOTFOUND)
      move(MDB_LAST);
  }
  BackwardCursor(BackwardCursor const&) = delete;
  BackwardCursor& operator=(BackwardCursor const&) = delete;
  ~BackwardCursor() {
    if (cursor_ != nullptr) mdb_cursor_close(cursor_);
  }
  void next() { move(MDB_PREV); }
  [[nodiscard]] bool at_entry() const { return error_ == 0; }
  [[nodiscard]] std::string_view name() const { return bytes(key_); }
  [[nodiscard]] MDB_val value() const { return value_; }

 private:
  void move(MDB_cursor_op operation) { error_ = mdb_cursor_get(cursor_, &key_, &value_, operation); }

  MDB_cursor* cursor_ = nullptr;
  MDB_val key_{}, value_{};
  int error_ = 0;
};

inline int put(Transaction const& transaction, MDB_dbi table, MDB_val key, MDB_val value,
               unsigned flags = 0) {
  return mdb_put(transaction.get(), table, &key, &value, flags);
}

inline std::optional<std::string_view> get(Transaction const& transaction, MDB_dbi table, MDB_val key) {
  MDB_val value{};
  if (mdb_get(transaction.get(), table, &key, &value) != 0) return std::nullopt;
  return bytes(value);
}

}  // namespace torntape::store::access
