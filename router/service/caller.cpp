#include "router/service/caller.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "router/service/response.hpp"

namespace torntape::service {
namespace {

std::string_view word(Verb verb) {
  return std::ranges::find(verbs, verb, &decltype(verbs)::value_type::second)->first;
}

// "look at"
std::string with_object(Verb verb) {
  return fmt::format("{}{}", word(verb), verb == Verb::look ? " at" : verb == Verb::collect ? " from" : "");
}

v1::Refusal forbidden(GuardedClient const& client, std::string_view what) {
  return refusal(
      v1::REASON_FORBIDDEN,
      fmt::format("'{}' may not {}: its entry in the guard file does not say so", client.name, what));
}

}  // namespace

Caller::Caller(GuardInForce& guard, std::vector<std::string> names)
    : in_force_{guard}, names_{std::move(names)} {}

// Looked up anew where another guard has taken the place of the one before: who is in it no longer is out.
GuardedClient const* Caller::client() {
  auto now = in_force_.get();
  if (now == guard_) return client_;
  guard_ = std::move(now);
  client_ = nullptr;
  if (!guard_) return nullptr;
  if (token_) client_ = guard_->with_token(*token_);
  if (client_ == nullptr && !token_) client_ = guard_->with_certificate(names_);
  return client_;
}

bool Caller::show(std::string_view token) {
  token_ = digest_of(token);
  guard_.reset();
  return client() != nullptr || !guard_;
}

bool Caller::guarded() {
  static_cast<void>(client());
  return guard_ != nullptr;
}

std::string Caller::name() {
  auto const* const found = client();
  return found == nullptr ? std::string{} : found->name;
}

Caller::Refused Caller::known() {
  if (client() != nullptr || !guard_) return std::nullopt;
  if (token_) return refusal(v1::REASON_UNAUTHENTICATED, "the token is nobody's here");
  return refusal(v1::REASON_UNAUTHENTICATED,
                 names_.empty() ? "this switch wants to know who calls: a token, or a certificate, is needed"
                                : "the certificate is nobody's here, and no token was shown");
}

Caller::Refused Caller::admitted() {
  if (auto refused = known()) return refused;
  if (!guard_ || in_force_.admits(*client_, std::chrono::steady_clock::now())) return std::nullopt;
  return refusal(v1::REASON_FULL, fmt::format("'{}' asks more than {} times a second; try again",
                                              client_->name, client_->rate));
}

Caller::Refused Caller::may(Verb verb) {
  if (auto refused = known()) return refused;
  if (!guard_ || client_->may_do(verb)) return std::nullopt;
  return forbidden(*client_, word(verb));
}

Caller::Refused Caller::may(Verb verb, std::string_view queue) {
  if (auto refused = may(verb)) return refused;
  if (!guard_ || client_->has_queue(queue)) return std::nullopt;
  return forbidden(*client_, fmt::format("{} the queue {}", with_object(verb), queue));
}

Caller::Refused Caller::may_with_all_queues(Verb verb) {
  if (auto refused = may(verb)) return refused;
  if (!guard_ || client_->has_all_queues()) return std::nullopt;
  return forbidden(*client_, fmt::format("{} all queues at once", with_object(verb)));
}

bool Caller::has_all_queues() {
  auto const* const found = client();
  return !guard_ || (found != nullptr && found->has_all_queues());
}

bool Caller::has_queue(std::string_view queue) {
  auto const* const found = client();
  return !guard_ || (found != nullptr && found->has_queue(queue));
}

}  // namespace torntape::service
