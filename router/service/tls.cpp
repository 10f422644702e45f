#include "router/service/tls.hpp"

#include <algorithm>
#include <fstream>
#include <string_view>

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "router/service/http_message.hpp"
#include "router/service/secret_file.hpp"

namespace torntape::service {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;

// No older TLS; and nothing is resumed, so that a certificate is looked at each time.
void make_strict(ssl::context& context) {
  auto* const native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(native, 0);
}

std::string unusable(std::filesystem::path const& path, std::string_view what, error_code const& error) {
  if (!std::ifstream{path}) return fmt::format("{}: cannot be read", path.string());
  return fmt::format("{}: no {} in PEM that can be used: {}", path.string(), what, error.message());
}

// Empty where all is well.
std::string read_own(ssl::context& context, std::filesystem::path const& certificate,
                     std::filesystem::path const& key) {
  error_code error;
  context.use_certificate_chain_file(certificate.string(), error);
  if (error) return unusable(certificate, "certificate", error);
  if (auto why = readable_by_others(key); !why.empty()) return why;
  context.use_private_key_file(key.string(), ssl::context::pem, error);
  if (error) return unusable(key, "private key", error);
  if (SSL_CTX_check_private_key(context.native_handle()) != 1)
    return fmt::format("{}: not the key of {}", key.string(), certificate.string());
  return {};
}

std::string read_authority(ssl::context& context, std::filesystem::path const& ca) {
  error_code error;
  context.load_verify_file(ca.string(), error);
  return error ? unusable(ca, "certificate of an authority", error) : std::string{};
}

std::string text_of(ASN1_STRING const* string) {
  auto const* const data = reinterpret_cast<char const*>(ASN1_STRING_get0_data(string));
  std::string text(data, static_cast<std::size_t>(ASN1_STRING_length(string)));
  // A name with a NUL in it would be read as another by some.
  return text.find('\0') == std::string::npos ? text : std::string{};
}

void add_alternative_names(X509 const* certificate, std::vector<std::string>& names) {
  auto* const found =
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  if (found == nullptr) return;
  for (int i = 0; i != sk_GENERAL_NAME_num(found); ++i) {
    int type = 0;
    auto const* const value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(found, i), &type);
    if (type == GEN_DNS || type == GEN_URI) names.push_back(text_of(static_cast<ASN1_STRING const*>(value)));
  }
  GENERAL_NAMES_free(found);
}

void add_common_name(X509 const* certificate, std::vector<std::string>& names) {
  auto const* const subject = X509_get_subject_name(certificate);
  auto const at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at >= 0) names.push_back(text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
}

}  // namespace

Tls::Tls()
    : client_port_{Context::tls_server}, circuit_port_{Context::tls_server}, call_{Context::tls_client} {}

// Empty where all is well.
std::string Tls::read(Context& context, TlsFiles const& files) const {
  make_strict(context);
  auto why = read_own(context, files.certificate, files.key);
  if (why.empty() && knows_certificates_) why = read_authority(context, files.client_ca);
  return why;
}

Tls::Loaded Tls::load(TlsFiles const& files) {
  std::shared_ptr<Tls> tls{new Tls};
  tls->knows_certificates_ = !files.client_ca.empty();
  for (auto* const context : {&tls->client_port_, &tls->circuit_port_, &tls->call_})
    if (auto why = tls->read(*context, files); !why.empty()) return why;
  tls->client_port_.set_verify_mode(tls->knows_certificates_ ? ssl::verify_peer : ssl::verify_none);
  tls->circuit_port_.set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
  tls->call_.set_verify_mode(ssl::verify_peer);
  return std::shared_ptr<Tls const>{std::move(tls)};
}

ssl::context& Tls::context(Side side) const {
  switch (side) {
    case Side::client_port:
      return client_port_;
    case Side::circuit_port:
      return circuit_port_;
    case Side::call:
      break;
  }
  return call_;
}

std::variant<std::shared_ptr<ssl::context>, std::string> client_tls(ClientTlsFiles const& files) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
  make_strict(*context);
  auto why = read_authority(*context, files.ca);
  if (why.empty() && !files.certificate.empty()) why = read_own(*context, files.certificate, files.key);
  if (!why.empty()) return why;
  context->set_verify_mode(ssl::verify_peer);
  return context;
}

std::vector<std::string> certificate_names(ssl_st* connection) {
  std::vector<std::string> names;
  auto const* const certificate = SSL_get0_peer_certificate(connection);
  if (certificate == nullptr) return names;
  add_alternative_names(certificate, names);
  if (names.empty()) add_common_name(certificate, names);
  std::erase(names, "");
  return names;
}

bool has_name(std::vector<std::string> const& names, std::string const& name) {
  return std::ranges::any_of(names, [&name](auto const& each) { return equal_ignoring_case(each, name); });
}

}  // namespace torntape::service
