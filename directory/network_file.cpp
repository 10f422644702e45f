#include "directory/network_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "directory/fields.hpp"
#include "directory/network_draft.hpp"

namespace torntape::directory {

namespace {

using grammar::Severity;

RelayDraft relay(Fields& fields) {
  RelayDraft draft;
  draft.indicator = fields.required_text("indicator");
  draft.name = fields.required_text("name");
  draft.prefixes = fields.texts("prefixes");
  draft.transfer = fields.truth("transfer");
  draft.place = fields.place("place");
  return draft;
}

StationDraft station(Fields& fields) {
  StationDraft draft;
  draft.indicator = fields.required_text("indicator");
  draft.name = fields.required_text("name");
  draft.relay = fields.required_text("relay");
  draft.cleared_to = fields.class_or("cleared_to", Class::top_secret);
  draft.day_only = fields.truth("day_only");
  draft.guard = fields.text("guard");
  draft.place = fields.place("place");
  return draft;
}

CollectiveDraft collective(Fields& fields) {
  CollectiveDraft draft;
  draft.indicator = fields.required_text("indicator");
  draft.title = fields.required_text("title");
  draft.owner = fields.required_text("owner");
  draft.members = fields.required_texts("members");
  return draft;
}

CollectiveDraft aig(Fields& fields) {
  CollectiveDraft draft;
  draft.aig = true;
  draft.title = fields.required_text("title");
  draft.originator = fields.text("originator");
  draft.members = fields.texts("action");
  draft.info_members = fields.texts("info");
  return draft;
}

CircuitDraft circuit(Fields& fields) {
  CircuitDraft draft;
  draft.name = fields.required_text("name");
  draft.ends = fields.required_pair("ends");
  draft.channels = fields.required_pair("channels");
  draft.bits_per_second = fields.required_rate("bits_per_second");
  draft.approved_to = fields.class_or("approved_to", Class::unclassified);
  draft.alternates = fields.alternates("alternates");
  draft.dial = fields.endpoint("dial");
  return draft;
}

template <class Draft>
void read_tables(Reading& reading, Fields& file, std::string_view key, Draft (*read)(Fields&),
                 std::vector<Draft>& drafts) {
  auto const what = fmt::format("[[{}]]", key);
  for (auto const* const table : file.tables(key)) {
    Fields fields(reading, *table, what);
    auto draft = read(fields);
    draft.span = fields.span();
    fields.refuse_others();
    drafts.push_back(std::move(draft));
  }
}

NetworkDraft draft_of(Reading& reading, toml::table const& root) {
  NetworkDraft draft;
  Fields file(reading, root, "the file");
  if (auto const* const table = file.table("network")) {
    Fields fields(reading, *table, "[network]");
    draft.name = fields.text("name");
    draft.web_drop = fields.text("web_drop");
    fields.refuse_others();
  }
  read_tables(reading, file, "relay", relay, draft.relays);
  read_tables(reading, file, "station", station, draft.stations);
  read_tables(reading, file, "collective", collective, draft.collectives);
  read_tables(reading, file, "aig", aig, draft.collectives);
  read_tables(reading, file, "circuit", circuit, draft.circuits);
  file.refuse_others();
  return draft;
}

NetworkFile unreadable(std::string message) {
  NetworkFile file;
  file.diagnostics.push_back(finding("NET-00", "unreadable", {}, std::move(message)));
  return file;
}

}  // namespace

NetworkFile read_network(std::string_view text) {
  if (text.size() > largest_network_file)
    return unreadable(fmt::format("the file has more than {} MiB, the most that a network file may have",
                                  largest_network_file >> 20U));
  Reading reading{Places(text)};
  auto const table = parse(text, reading);
  if (!table) return {nullptr, std::move(reading.found)};
  auto const draft = draft_of(reading, *table);
  std::ranges::move(check(draft), std::back_inserter(reading.found));
  std::ranges::sort(reading.found, {}, [](Diagnostic const& found) {
    return std::tie(found.span.offset, found.rule, found.message);
  });
  NetworkFile file;
  if (std::ranges::none_of(reading.found,
                           [](auto const& found) { return found.severity == Severity::error; }))
    file.directory = std::make_shared<Directory const>(network(draft));
  file.diagnostics = std::move(reading.found);
  return file;
}

NetworkFile read_network_file(std::filesystem::path const& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return unreadable("this is a directory, expected a file");
  std::ifstream in(path, std::ios::binary);
  if (!in) return unreadable(std::generic_category().message(errno));
  std::string text;
  std::array<char, 65536> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > largest_network_file) break;
  }
  if (in.bad()) return unreadable(std::generic_category().message(errno));
  return read_network(text);
}

}  // namespace torntape::directory
