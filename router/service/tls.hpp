// TLS 1.3 of the ports: what a switch shows, and whom it believes.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <boost/asio/ssl/context.hpp>

namespace torntape::service {

struct TlsFiles {
  std::filesystem::path certificate;  // with its chain, PEM
  std::filesystem::path key;
  std::filesystem::path
      client_ca;  // who signs the certificates of clients and relays; empty: none is asked for
};

// Immutable; connections that were made with it go on when another takes its place.
class Tls {
 public:
  enum class Side : unsigned char {
    client_port,   // a certificate of the other end is welcome
    circuit_port,  // and needed
    call,          // of a circuit: likewise
  };
  // What is wrong with the files, in words: "switch.key: no such file".
  using Loaded = std::variant<std::shared_ptr<Tls const>, std::string>;

  [[nodiscard]] static Loaded load(TlsFiles const& files);

  [[nodiscard]] boost::asio::ssl::context& context(Side side) const;
  [[nodiscard]] bool knows_certificates() const { return knows_certificates_; }

 private:
  using Context = boost::asio::ssl::context;
  Tls();
  [[nodiscard]] std::string read(Context& context, TlsFiles const& files) const;

  mutable Context client_port_, circuit_port_, call_;  // OpenSSL counts its references in them
  bool knows_certificates_ = false;
};

// For a client: believes only who shows a certificate signed by this authority, and may show one itself.
struct ClientTlsFiles {
  std::filesystem::path ca;
  std::filesystem::path certificate, key;  // both or none
};
[[nodiscard]] std::variant<std::shared_ptr<boost::asio::ssl::context>, std::string> client_tls(
    ClientTlsFiles const& files);

// The names of the certificate that the other end has shown, after the handshake: the alternative ones (DNS,
// URI), or the common name where there are none. Empty where it has shown none.
[[nodiscard]] std::vector<std::string> certificate_names(ssl_st* connection);
// Whether a certificate is that of `name`; letters of either case.
[[nodiscard]] bool has_name(std::vector<std::string> const& names, std::string const& name);

}  // namespace torntape::service
