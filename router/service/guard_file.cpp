#include "router/service/guard_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "directory/fields.hpp"
#include "router/service/secret_file.hpp"

namespace torntape::service {
namespace {

using directory::Fields;
using directory::Located;
using directory::Reading;

constexpr std::int64_t highest_rate = 1'000'000;

Verb read_verb(Reading& reading, Located const& given) {
  auto const known = std::ranges::find(verbs, given.value, &decltype(verbs)::value_type::first);
  if (known != verbs.end()) return known->second;
  reading.wrong(given.span,
                fmt::format("'{}' is nothing that a client may do, expected file, look, collect or operate",
                            given.value));
  return Verb::look;
}

std::optional<Digest> read_token(Reading& reading, Located const& given) {
  if (!given.given()) return std::nullopt;
  auto digest = read_digest(given.value);
  if (!digest)
    reading.wrong(given.span,
                  "'token' is no digest of a token, expected \"sha256:…\" as 'torntape token' prints it");
  return digest;
}

GuardedClient read_client(Reading& reading, Fields& fields) {
  GuardedClient client;
  client.name = fields.required_text("name").value;
  client.token = read_token(reading, fields.text("token"));
  client.certificate = fields.text("certificate").value;
  for (auto const& verb : fields.required_texts("may")) client.may.push_back(read_verb(reading, verb));
  for (auto const& queue : fields.texts("queues")) client.queues.push_back(queue.value);
  client.rate = static_cast<std::uint32_t>(fields.whole("rate", 0, 1, highest_rate));
  return client;
}

// What takes both keys to see.
void check(Reading& reading, Fields& fields, toml::table const& table, GuardedClient const& client) {
  if (!table.contains("token") && !table.contains("certificate"))
    reading.missing(fields.span(), "[[client]] has neither 'token' nor 'certificate': nobody could be it");
  bool const files_only = std::ranges::all_of(client.may, [](Verb verb) { return verb == Verb::file; });
  if (!files_only && !table.contains("queues"))
    reading.missing(fields.span(), "[[client]] has no 'queues'; [\"*\"] are all of them");
}

void read_clients(Reading& reading, Fields& file, Guard& guard) {
  std::set<std::string> names;
  std::set<Digest> tokens;
  for (auto const* const table : file.tables("client")) {
    Fields fields{reading, *table, "[[client]]"};
    auto client = read_client(reading, fields);
    check(reading, fields, *table, client);
    fields.refuse_others();
    if (!client.name.empty() && !names.insert(client.name).second)
      reading.wrong(fields.span(), fmt::format("a second [[client]] is '{}'", client.name));
    if (client.token && !tokens.insert(*client.token).second)
      reading.wrong(fields.span(), fmt::format("the token of '{}' is another client's too", client.name));
    guard.clients.push_back(std::move(client));
  }
}

void read_circuits(Reading& reading, Fields& file, Guard& guard) {
  for (auto const* const table : file.tables("circuit")) {
    Fields fields{reading, *table, "[[circuit]]"};
    auto const name = fields.required_text("name").value;
    auto const certificate = fields.required_text("certificate").value;
    fields.refuse_others();
    if (!guard.circuits.emplace(name, certificate).second)
      reading.wrong(fields.span(), fmt::format("a second [[circuit]] is '{}'", name));
  }
}

// The certificates are read once the file itself is in order.
std::optional<TlsFiles> read_tls(Reading& reading, Fields& file, std::filesystem::path const& directory) {
  auto const* const table = file.table("tls");
  if (table == nullptr) return std::nullopt;
  Fields fields{reading, *table, "[tls]"};
  auto const path = [&directory](Located const& given) {
    return given.given() ? directory / given.value : std::filesystem::path{};
  };
  TlsFiles files{.certificate = path(fields.required_text("certificate")),
                 .key = path(fields.required_text("key")),
                 .client_ca = path(fields.text("client_ca"))};
  fields.refuse_others();
  return files;
}

// What is named by a certificate needs somebody to sign it.
void check_certificates(Reading& reading, Fields& file, Guard const& guard,
                        std::optional<TlsFiles> const& tls) {
  bool const by_certificate =
      !guard.circuits.empty() ||
      std::ranges::any_of(guard.clients, [](auto const& client) { return !client.certificate.empty(); });
  if (by_certificate && (!tls || tls->client_ca.empty()))
    reading.missing(file.span(),
                    "certificates are named, and [tls] has no 'client_ca' that says who signs them");
}

std::vector<std::string> in_words(std::vector<directory::Diagnostic> const& found,
                                  std::filesystem::path const& path) {
  std::vector<std::string> lines;
  lines.reserve(found.size());
  for (auto const& each : found)
    lines.push_back(fmt::format("{}:{}:{}: {}{}", path.string(), std::max<std::size_t>(each.span.line, 1),
                                std::max<std::size_t>(each.span.column, 1), each.message,
                                each.help ? fmt::format("; {}", *each.help) : ""));
  return lines;
}

}  // namespace

GuardFile read_guard(std::string_view text, std::filesystem::path const& path) {
  Reading reading{directory::Places{text}};
  auto const table = directory::parse(text, reading);
  if (!table) return {nullptr, in_words(reading.found, path)};
  auto guard = std::make_shared<Guard>();
  Fields file{reading, *table, "the file"};
  auto const tls = read_tls(reading, file, path.parent_path());
  read_clients(reading, file, *guard);
  read_circuits(reading, file, *guard);
  check_certificates(reading, file, *guard, tls);
  file.refuse_others();
  if (!reading.found.empty()) return {nullptr, in_words(reading.found, path)};
  if (tls) {
    auto loaded = Tls::load(*tls);
    if (auto const* const why = std::get_if<std::string>(&loaded)) return {nullptr, {*why}};
    guard->tls = std::get<std::shared_ptr<Tls const>>(std::move(loaded));
  }
  return {std::move(guard), {}};
}

GuardFile read_guard_file(std::filesystem::path const& path) {
  if (auto why = readable_by_others(path); !why.empty()) return {nullptr, {std::move(why)}};
  std::ifstream in{path, std::ios::binary};
  if (!in || std::filesystem::is_directory(path))
    return {
        nullptr,
        {fmt::format("{}: {}", path.string(),
                     in ? "this is a directory, expected a file" : std::generic_category().message(errno))}};
  std::string const text{std::istreambuf_iterator<char>{in}, {}};
  return read_guard(text, path);
}

}  // namespace torntape::service
