// The index of the journal in LMDB: which messages have a term. It is written behind the commits, for blocks
// of messages at once, so that what many of them name is written once; and it can be made anew from the
// texts at any time. Whatever it says is held against the texts, and what it does not hold yet is read there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grammar/parser.hpp"
#include "router/store/journal.hpp"
#include "router/store/lmdb_access.hpp"
#include "router/store/store.hpp"

namespace torntape::store {

struct JournalTables {
  MDB_dbi meta = 0, envelopes = 0, bodies = 0, journal = 0;
};

// As it is seen in one transaction.
class JournalIndex {
 public:
  JournalIndex(access::Transaction const& transaction, JournalTables const& tables)
      : transaction_(transaction), tables_(tables) {}

  // How many numbers of messages, 0 among them, are still to be indexed.
  [[nodiscard]] relay::MessageNumber behind() const;
  // Indexes the next block, if it is full. An error of LMDB, or 0.
  [[nodiscard]] int add_block();
  // One message of a block that is indexed already; of others nothing is done. Its text is in the store.
  [[nodiscard]] int add(relay::MessageNumber number);
  [[nodiscard]] int remove(relay::MessageNumber number);
  // As if nothing were indexed; the caller empties the table.
  [[nodiscard]] int begin_anew();

  [[nodiscard]] Found search(Terms const& wanted, relay::MessageNumber before, std::size_t most);

 private:
  [[nodiscard]] relay::MessageNumber newest() const;
  [[nodiscard]] relay::MessageNumber indexed() const;  // every message before it
  [[nodiscard]] std::optional<Terms> terms(relay::MessageNumber number);
  [[nodiscard]] bool matches(relay::MessageNumber number, Terms const& wanted);
  // The places in its block of the messages that have the term.
  [[nodiscard]] std::string places(Term const& term, std::uint64_t block) const;
  [[nodiscard]] int put_places(std::string const& key, std::string const& places) const;

  struct Search;
  void look_one_by_one(Search& search, relay::MessageNumber floor);
  void look_up(Search& search);

  access::Transaction const& transaction_;
  JournalTables tables_;
  grammar::Parser parser_;
};

}  // namespace torntape::store
