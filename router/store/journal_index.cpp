#include "router/store/journal_index.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

#include "router/store/envelope.hpp"

namespace torntape::store {

namespace {

constexpr std::uint64_t block_size = 256;  // a place in a block is one byte
constexpr std::string_view indexed_key = "indexed";

std::uint64_t block_of(relay::MessageNumber number) { return number / block_size; }
char place_of(relay::MessageNumber number) { return static_cast<char>(number % block_size); }
relay::MessageNumber number_at(std::uint64_t block, char place) {
  return block * block_size + static_cast<unsigned char>(place);
}

// A key is the field, the value, a null and the block, so that the blocks of a term stand in order.
std::string prefix_of(Term const& term) {
  std::string prefix(1, static_cast<char>(term.field));
  return prefix.append(term.value).append(1, '\0');
}

constexpr std::size_t block_bytes = 8;

std::string key_of(std::string prefix, std::uint64_t block) {
  for (std::size_t i = block_bytes; i-- != 0;) prefix.push_back(static_cast<char>(block >> (8 * i) & 0xFFU));
  return prefix;
}

std::optional<std::uint64_t> block_in(std::string_view key, std::string_view prefix) {
  if (!key.starts_with(prefix) || key.size() != prefix.size() + block_bytes) return std::nullopt;
  std::uint64_t block = 0;
  for (char const c : key.substr(prefix.size())) block = block << 8U | static_cast<unsigned char>(c);
  return block;
}

std::string all_places() {
  std::string all;
  for (std::uint64_t place = 0; place != block_size; ++place) all.push_back(static_cast<char>(place));
  return all;
}

constexpr auto by_place = [](char a, char b) {
  return static_cast<unsigned char>(a) < static_cast<unsigned char>(b);
};

std::string in_both(std::string const& one, std::string const& other) {
  std::string both;
  std::ranges::set_intersection(one, other, std::back_inserter(both), by_place);
  return both;
}

}  // namespace

// What a search has come to.
struct JournalIndex::Search {
  Terms const& wanted;
  relay::MessageNumber before;  // what is still to be looked at
  std::size_t most;
  std::size_t looked_at = 0;
  Found found = {};

  [[nodiscard]] bool over() const {
    return found.messages.size() == most || looked_at >= max_looked_at_to_find;
  }
};

relay::MessageNumber JournalIndex::newest() const {
  MDB_cursor* cursor = nullptr;
  if (mdb_cursor_open(transaction_.get(), tables_.envelopes, &cursor) != 0) return 0;
  MDB_val key{}, value{};
  auto const error = mdb_cursor_get(cursor, &key, &value, MDB_LAST);
  auto const last = error == 0 ? access::number<std::uint64_t>(key).value_or(0) : 0;
  mdb_cursor_close(cursor);
  return last;
}

relay::MessageNumber JournalIndex::indexed() const {
  auto const kept = access::get(transaction_, tables_.meta, access::view(indexed_key));
  return kept ? access::number<std::uint64_t>(access::view(*kept)).value_or(0) : 0;
}

relay::MessageNumber JournalIndex::behind() const {
  auto const next = newest() + 1, up_to = indexed();
  return next > up_to ? next - up_to : 0;
}

std::optional<Terms> JournalIndex::terms(relay::MessageNumber number) {
  auto const key = std::uint64_t{number};
  auto const kept = access::get(transaction_, tables_.envelopes, access::view(key));
  auto const body = access::get(transaction_, tables_.bodies, access::view(key));
  auto const record = kept ? access::unsealed(key, *kept) : std::nullopt;
  auto const text = body ? access::unsealed(key, *body) : std::nullopt;
  auto const envelope = record ? decode(number, *record) : std::nullopt;
  if (!envelope || !text) return std::nullopt;
  return terms_of(*envelope, parser_.parse(*text));
}

bool JournalIndex::matches(relay::MessageNumber number, Terms const& wanted) {
  auto const key = std::uint64_t{number};
  if (wanted.empty()) return access::get(transaction_, tables_.envelopes, access::view(key)).has_value();
  auto const has = terms(number);
  return has && has_all(*has, wanted);
}

// Where the entry is damaged, any message of the block may have the term.
std::string JournalIndex::places(Term const& term, std::uint64_t block) const {
  auto const key = key_of(prefix_of(term), block);
  auto const record = access::get(transaction_, tables_.journal, access::view(std::string_view(key)));
  if (!record) return {};
  auto const places = access::unsealed(access::key_of_name(key), *record);
  return places ? std::string(*places) : all_places();
}

int JournalIndex::put_places(std::string const& key, std::string const& places) const {
  auto name = access::view(std::string_view(key));
  if (places.empty()) {
    auto const error = mdb_del(transaction_.get(), tables_.journal, &name, nullptr);
    return error == MDB_NOTFOUND ? 0 : error;
  }
  auto const record = access::sealed(access::key_of_name(key), places);
  return access::put(transaction_, tables_.journal, name, access::view(std::string_view(record)));
}

int JournalIndex::add_block() {
  if (behind() < block_size) return 0;
  auto const first = indexed();
  std::map<std::string, std::string> entries;  // places by key
  for (auto number = first; number != first + block_size; ++number) {
    auto const found = terms(number);
    if (!found) continue;
    for (auto const& term : *found)
      entries[key_of(prefix_of(term), block_of(number))].push_back(place_of(number));
  }
  int error = 0;
  for (auto entry = entries.begin(); error == 0 && entry != entries.end(); ++entry)
    error = put_places(entry->first, entry->second);
  auto const next = std::uint64_t{first + block_size};
  return error != 0 ? error
                    : access::put(transaction_, tables_.meta, access::view(indexed_key), access::view(next));
}

int JournalIndex::add(relay::MessageNumber number) {
  auto const found = number < indexed() ? terms(number) : std::nullopt;
  if (!found) return 0;
  int error = 0;
  for (auto term = found->begin(); error == 0 && term != found->end(); ++term) {
    auto held = places(*term, block_of(number));
    auto const at = std::ranges::lower_bound(held, place_of(number), by_place);
    if (at != held.end() && *at == place_of(number)) continue;
    held.insert(at, place_of(number));
    error = put_places(key_of(prefix_of(*term), block_of(number)), held);
  }
  return error;
}

int JournalIndex::remove(relay::MessageNumber number) {
  auto const found = number < indexed() ? terms(number) : std::nullopt;
  if (!found) return 0;
  int error = 0;
  for (auto term = found->begin(); error == 0 && term != found->end(); ++term) {
    auto held = places(*term, block_of(number));
    std::erase(held, place_of(number));
    error = put_places(key_of(prefix_of(*term), block_of(number)), held);
  }
  return error;
}

int JournalIndex::begin_anew() {
  std::uint64_t const nothing = 0;
  return access::put(transaction_, tables_.meta, access::view(indexed_key), access::view(nothing));
}

// The newest, which the index does not hold yet; all of them where nothing is asked for.
void JournalIndex::look_one_by_one(Search& search, relay::MessageNumber floor) {
  while (search.before > floor && !search.over()) {
    --search.before;
    ++search.looked_at;
    if (matches(search.before, search.wanted)) search.found.messages.push_back(search.before);
  }
}

// Walks the blocks of the first term, which tells most.
void JournalIndex::look_up(Search& search) {
  auto const prefix = prefix_of(search.wanted.front());
  access::BackwardCursor cursor(transaction_, tables_.journal,
                                key_of(prefix, block_of(search.before - 1) + 1));
  for (; cursor.at_entry() && !search.over(); cursor.next()) {
    auto const block = block_in(cursor.name(), prefix);
    if (!block) break;
    ++search.looked_at;
    auto held = places(search.wanted.front(), *block);
    for (auto term = std::next(search.wanted.begin()); term != search.wanted.end() && !held.empty(); ++term)
      held = in_both(held, places(*term, *block));
    for (auto place = held.rbegin(); place != held.rend() && !search.over(); ++place) {
      auto const number = number_at(*block, *place);
      if (number >= search.before) continue;
      search.before = number;
      ++search.looked_at;
      if (matches(number, search.wanted)) search.found.messages.push_back(number);
    }
    if (!search.over()) search.before = std::min(search.before, *block * block_size);
  }
  if (!search.over()) search.before = 0;
}

Found JournalIndex::search(Terms const& wanted, relay::MessageNumber before, std::size_t most) {
  auto const end = newest() + 1;
  Search search{wanted, before == 0 ? end : std::min(before, end), most};
  look_one_by_one(search, wanted.empty() ? 1 : std::max<relay::MessageNumber>(indexed(), 1));
  if (!wanted.empty() && !search.over() && search.before > 1) look_up(search);
  search.found.next = search.before > 1 ? search.before : 0;
  return std::move(search.found);
}

}  // namespace torntape::store
