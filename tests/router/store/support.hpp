// Records and folders for the tests of the stores.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include <stdlib.h>

#include "router/store/lmdb.hpp"
#include "router/store/store.hpp"
#include "tests/router/relay/support.hpp"

namespace torntape::store::testing {

// A folder of its own, gone with the test.
class Folder {
 public:
  Folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "torntape-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }
  [[nodiscard]] std::filesystem::path store() const { return path_ / "store"; }

 private:
  std::filesystem::path path_;
};

inline std::unique_ptr<LmdbStore> opened(std::filesystem::path const& path, LmdbOptions options = {}) {
  auto result = LmdbStore::open(path, options);
  if (auto const* const failure = std::get_if<Failure>(&result)) throw std::runtime_error(failure->message);
  return std::move(std::get<std::unique_ptr<LmdbStore>>(result));
}

inline std::string why_not(std::filesystem::path const& path) {
  auto const result = LmdbStore::open(path);
  auto const* const failure = std::get_if<Failure>(&result);
  return failure == nullptr ? "" : failure->message;
}

// A message of `copies` copies; its text says its number.
inline relay::Accepted accepted(relay::MessageNumber number, std::size_t copies = 2,
                                std::size_t padding = 0) {
  auto const text = fmt::format("MESSAGE {}\n{}", number, std::string(padding, 'X'));
  relay::Envelope envelope{number,
                           relay::Now(relay::Duration(1000 + static_cast<std::int64_t>(number))),
                           relay::testing::digest_of(text),
                           fmt::format("RUEHTA {:04} 2290141", number),
                           number % 3 == 0,
                           {}};
  for (std::size_t i = 0; i < copies; ++i)
    envelope.copies.push_back({fmt::format("RUEH{}", static_cast<char>('A' + i % 26)),
                               i == 0 ? grammar::AddresseeKind::action : grammar::AddresseeKind::info,
                               static_cast<grammar::Precedence>(1 + (number + i) % 5)});
  return {std::move(envelope), relay::testing::received(text)};
}

inline relay::Handed handed(relay::MessageNumber message, std::uint16_t copy, std::uint32_t attempt = 1) {
  return {{message, copy}, attempt};
}
inline relay::Settled settled(relay::MessageNumber message, std::uint16_t copy) { return {{message, copy}}; }

// A message with a copy for circuit XR and one for a station.
inline relay::Accepted passed_on(relay::MessageNumber number) {
  auto made = accepted(number, 2);
  made.envelope.copies[0] = {relay::circuit_queue("XR"),
                             grammar::AddresseeKind::info,
                             grammar::Precedence::flash,
                             {"RUEHBI", "RUEHCI"},
                             ""};
  made.envelope.received_over = "AC";
  made.envelope.received_as = "ACI0017";
  made.envelope.size = 1234;
  made.envelope.classification = directory::Class::secret;
  return made;
}

inline std::optional<Failure> commit(Store& store, std::vector<relay::Record> const& records) {
  return store.commit(records);
}

// None where it is unknown or damaged.
inline std::optional<Store::Stored> message(Store& store, relay::MessageNumber number) {
  auto found = store.message(number);
  auto* const stored = std::get_if<Store::Stored>(&found);
  return stored == nullptr ? std::nullopt : std::optional(std::move(*stored));
}

inline bool is(std::variant<Store::Stored, Store::Missing> const& found, Store::Missing missing) {
  auto const* const why = std::get_if<Store::Missing>(&found);
  return why != nullptr && *why == missing;
}

// What a replay gives, one record a line: "accepted 1 RUEHTA 0001 2290141 …", "handed 1-0 2", "settled 1-1".
inline std::vector<std::string> replayed(Store& store) {
  std::vector<std::string> lines;
  auto const note = [&lines](relay::Record const& record) {
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record)) {
      auto const& envelope = accepted->envelope;
      auto line = fmt::format("accepted {} {} {} {}{}", envelope.number, envelope.identity,
                              envelope.accepted_at.time_since_epoch().count(), envelope.digest[0],
                              envelope.suspected_duplicate ? " ZFD" : "");
      for (auto const& copy : envelope.copies)
        line += fmt::format(" {}/{}/{}", copy.queue, name(copy.kind), name(copy.precedence));
      lines.push_back(line);
    } else if (auto const* const handed = std::get_if<relay::Handed>(&record)) {
      lines.push_back(fmt::format("handed {} {}", to_string(handed->copy), handed->attempt));
    } else if (auto const* const numbered = std::get_if<relay::Numbered>(&record)) {
      lines.push_back(
          fmt::format("numbered {} {} {}", numbered->circuit, numbered->number, to_string(numbered->copy)));
    } else if (auto const* const transmitted = std::get_if<relay::Transmitted>(&record)) {
      lines.push_back(fmt::format("transmitted {}", to_string(transmitted->copy)));
    } else if (auto const* const heard = std::get_if<relay::Heard>(&record)) {
      lines.push_back(fmt::format("heard {} {}{}", heard->circuit, heard->number,
                                  heard->before_gap ? fmt::format(" after {}", *heard->before_gap) : ""));
    } else if (auto const* const closure = std::get_if<relay::Closure>(&record)) {
      lines.push_back(fmt::format("{} {}", closure->closed ? "closed" : "open", closure->circuit));
    } else {
      lines.push_back(fmt::format("settled {}", to_string(std::get<relay::Settled>(record).copy)));
    }
  };
  if (auto const failure = store.replay(note)) throw std::runtime_error(failure->message);
  return lines;
}

}  // namespace torntape::store::testing
