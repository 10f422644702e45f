#include "cli/engine_access.hpp"

#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>
#include <variant>

#include "cli/output.hpp"
#include "router/service/secret_file.hpp"

namespace torntape::cli {
namespace {

constexpr std::size_t longest_credentials = 65'536;
constexpr std::string_view jwt_opening = "-----BEGIN NATS USER JWT-----";

// None with the reason told.
std::optional<std::string> contents(std::string const& path) {
  std::ifstream file{path};
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  if (file && !text.empty() && text.size() <= longest_credentials) return text;
  return complain(path + ": cannot be read, or is empty"), std::nullopt;
}

// Of a secret: as above, and nobody else may read it.
std::optional<std::string> secret(std::string const& path) {
  if (auto const why = service::readable_by_others(path); !why.empty()) return complain(why), std::nullopt;
  return contents(path);
}

// "USER:PASSWORD" in the first line, or what `nsc` writes, which the client library reads itself.
bool read_credentials(std::string const& path, store::EngineAccess& access) {
  auto const text = secret(path);
  if (!text) return false;
  if (text->find(jwt_opening) != std::string::npos) {
    access.credentials = path;
    return true;
  }
  auto line = std::string_view{*text}.substr(0, text->find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  auto const colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0)
    return complain(
               path +
               ": expected USER:PASSWORD in the first line, or a user's JWT and NKey as nsc writes them"),
           false;
  access.user = line.substr(0, colon);
  access.password = line.substr(colon + 1);
  return true;
}

}  // namespace

void add_engine_options(CLI::App& command, EngineFiles& files) {
  command
      .add_option("--store-ca", files.authorities,
                  "PEM file of those who sign the certificates of NATS, at a tls:// address; the system's "
                  "unless given")
      ->option_text("FILE");
  auto* const certificate =
      command
          .add_option("--store-certificate", files.certificate,
                      "PEM file of the certificate that is shown to NATS; with --store-key")
          ->option_text("FILE");
  auto* const key =
      command.add_option("--store-key", files.key, "PEM file of its key, for its owner's eyes only")
          ->option_text("FILE");
  certificate->needs(key);
  key->needs(certificate);
  command
      .add_option("--store-credentials", files.credentials,
                  "who this is to NATS: a file, for its owner's eyes only, with USER:PASSWORD in its first "
                  "line, or a user's JWT and NKey as nsc writes them")
      ->option_text("FILE");
}

bool any(EngineFiles const& files) {
  return !files.authorities.empty() || !files.certificate.empty() || !files.key.empty() ||
         !files.credentials.empty();
}

std::optional<store::EngineAddress> engine_address(std::string const& text, EngineFiles const& files) {
  auto read = store::read_engine_address(text);
  if (auto const* const failure = std::get_if<store::Failure>(&read))
    return complain(failure->message), std::nullopt;
  auto& address = std::get<store::EngineAddress>(read);
  auto& access = address.access;
  access.authorities = files.authorities;
  access.certificate = files.certificate;
  access.key = files.key;
  if (!address.tls && (!files.authorities.empty() || !files.certificate.empty()))
    return complain("certificates are for TLS: tls://" + text.substr(text.find("//") + 2)), std::nullopt;
  for (auto const& path : {files.authorities, files.certificate})
    if (!path.empty() && !contents(path)) return std::nullopt;
  if (!files.key.empty() && !secret(files.key)) return std::nullopt;
  if (!files.credentials.empty() && !read_credentials(files.credentials, access)) return std::nullopt;
  return std::move(address);
}

}  // namespace torntape::cli
