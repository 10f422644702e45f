#include "router/service/intake.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "router/service/limits.hpp"
#include "validator/relay_lines.hpp"
#include "wire/diagnostic.hpp"

namespace torntape::service {
namespace {

bool is_error(grammar::Diagnostic const& found) { return found.severity == grammar::Severity::error; }

v1::Refusal invalid(std::vector<grammar::Diagnostic> const& found) {
  auto const errors = std::ranges::count_if(found, is_error);
  v1::Refusal refusal;
  refusal.set_reason(v1::REASON_INVALID);
  refusal.set_message(fmt::format("the heading has {} error{}", errors, errors == 1 ? "" : "s"));
  for (auto const& diagnostic : std::span{found}.first(std::min(found.size(), max_diagnostics)))
    *refusal.add_diagnostics() = wire::to_proto(diagnostic, "-");
  return refusal;
}

}  // namespace

relay::Digest digest(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not to be had from OpenSSL");
  relay::Digest out{};
  std::copy_n(hash.begin(), out.size(), out.begin());
  return out;
}

Intake::Intake(std::shared_ptr<directory::Directory const> directory)
    : directory_{std::move(directory)}, checker_{{}, directory_} {}

void Intake::look_up_in(std::shared_ptr<directory::Directory const> directory) {
  if (directory == directory_) return;
  directory_ = std::move(directory);
  checker_ = validator::Checker{{}, directory_};
}

std::variant<relay::Filed, v1::Refusal> Intake::judge(std::string text) {
  auto message = std::make_shared<grammar::Received const>(std::move(text));
  auto const& found = checker_.check(message->message());
  if (std::ranges::any_of(found, is_error)) return invalid(found);
  auto const hash = digest(message->bytes());
  return relay::Filed{.ticket = 0, .message = std::move(message), .digest = hash};
}

relay::Arrived Intake::receive(std::string text, std::string circuit) {
  auto message = std::make_shared<grammar::Received const>(std::move(text));
  auto fault = validator::fault_for_a_relay(message->message(), checker_.check(message->message()));
  auto const hash = digest(message->bytes());
  return {.ticket = 0,
          .circuit = std::move(circuit),
          .message = std::move(message),
          .digest = hash,
          .fault = std::move(fault)};
}

}  // namespace torntape::service
