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

using namespace std::string_view_literals;

bool is_error(grammar::Diagnostic const& found) { return found.severity == grammar::Severity::error; }

std::string in_words(grammar::Diagnostic const& error) {
  return fmt::format("{} ({})", error.message, error.rule);
}

// A heading whose originator nobody can tell is none.
bool read(grammar::Received const& received) { return !received.message().origin.routing_indicator.empty(); }

// Nobody could mend it: there is no message.
bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\f\v\0"sv) == text.npos; }

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

relay::Event to_file(Judged judged) {
  if (auto* const arrived = std::get_if<relay::Arrived>(&judged)) return std::move(*arrived);
  return std::move(std::get<relay::Filed>(judged));
}

Intake::Intake(std::shared_ptr<directory::Directory const> directory, Admission admission)
    : directory_{std::move(directory)}, checker_{{}, directory_}, admission_{admission} {}

void Intake::look_up_in(std::shared_ptr<directory::Directory const> directory) {
  if (directory == directory_) return;
  directory_ = std::move(directory);
  checker_ = validator::Checker{{}, directory_};
}

// What is filed may lack an end of message: the switch adds it.
Judged Intake::judge(std::string text) {
  auto message = std::make_shared<grammar::Received const>(std::move(text));
  auto const& found = checker_.check(message->message());
  auto const* const error = validator::error_for_a_relay(found);
  auto const hash = digest(message->bytes());
  if (admission_.filed == Admit::all && !is_blank(message->bytes())) {
    std::string fault = error != nullptr ? in_words(*error)
                        : read(*message) ? ""
                                         : "no message is read in it";
    return relay::Arrived{
        .ticket = 0, .circuit = {}, .message = std::move(message), .digest = hash, .fault = std::move(fault)};
  }
  bool const strict = admission_.filed == Admit::strict;
  if (strict ? std::ranges::any_of(found, is_error) : error != nullptr || !read(*message))
    return invalid(found);
  return relay::Filed{.ticket = 0, .message = std::move(message), .digest = hash};
}

relay::Arrived Intake::receive(std::string text, std::string circuit) {
  auto message = std::make_shared<grammar::Received const>(std::move(text));
  auto const& found = checker_.check(message->message());
  auto fault = validator::fault_for_a_relay(message->message(), found);
  auto const error = std::ranges::find_if(found, is_error);
  if (fault.empty() && error != found.end() && admission_.arrived == Admit::strict) fault = in_words(*error);
  auto const hash = digest(message->bytes());
  return {.ticket = 0,
          .circuit = std::move(circuit),
          .message = std::move(message),
          .digest = hash,
          .fault = std::move(fault)};
}

}  // namespace torntape::service
