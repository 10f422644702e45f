#include "router/service/guard.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace torntape::service {
namespace {

constexpr std::string_view digest_prefix = "sha256:";

}  // namespace

Digest digest_of(std::string_view token) {
  Digest digest{};
  EVP_Digest(token.data(), token.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return digest;
}

std::string to_string(Digest const& digest) {
  return fmt::format("{}{:02x}", digest_prefix, fmt::join(digest, ""));
}

std::optional<Digest> read_digest(std::string_view text) {
  Digest digest{};
  if (!text.starts_with(digest_prefix)) return std::nullopt;
  text.remove_prefix(digest_prefix.size());
  if (text.size() != 2 * digest.size()) return std::nullopt;
  for (auto& byte : digest) {
    auto const* const end = text.data() + 2;
    auto const [stop, error] = std::from_chars(text.data(), end, byte, 16);
    if (error != std::errc{} || stop != end) return std::nullopt;
    text.remove_prefix(2);
  }
  return digest;
}

bool fits_pattern(std::string_view pattern, std::string_view text) {
  std::size_t at = 0, in = 0;
  auto star = std::string_view::npos;
  std::size_t behind_star = 0;
  while (in != text.size()) {
    if (at != pattern.size() && pattern[at] == '*') {
      star = at++;
      behind_star = in;
    } else if (at != pattern.size() && (pattern[at] == '?' || pattern[at] == text[in])) {
      ++at;
      ++in;
    } else if (star != std::string_view::npos) {  // the last star takes one more
      at = star + 1;
      in = ++behind_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

bool GuardedClient::may_do(Verb verb) const { return std::ranges::find(may, verb) != may.end(); }

bool GuardedClient::has_queue(std::string_view queue) const {
  return std::ranges::any_of(queues, [queue](auto const& pattern) { return fits_pattern(pattern, queue); });
}

GuardedClient const* Guard::with_token(Digest const& token) const {
  GuardedClient const* found = nullptr;
  for (auto const& client : clients)
    if (client.token && CRYPTO_memcmp(client.token->data(), token.data(), token.size()) == 0) found = &client;
  return found;
}

GuardedClient const* Guard::with_certificate(std::vector<std::string> const& names) const {
  auto const found = std::ranges::find_if(clients, [&names](GuardedClient const& client) {
    return !client.certificate.empty() && has_name(names, client.certificate);
  });
  return found == clients.end() ? nullptr : &*found;
}

std::string const* Guard::far_end(std::string const& circuit) const {
  auto const found = circuits.find(circuit);
  return found == circuits.end() ? nullptr : &found->second;
}

bool Allowance::take(std::uint32_t rate, Time now) {
  if (!since_) left_ = rate;
  auto const past = since_ ? std::chrono::duration<double>(now - *since_).count() : 0.0;
  since_ = now;
  left_ = std::min<double>(left_ + past * rate, rate);
  if (left_ < 1) return false;
  left_ -= 1;
  return true;
}

std::shared_ptr<Guard const> GuardInForce::get() const {
  std::scoped_lock const lock{mutex_};
  return guard_;
}

void GuardInForce::replace(std::shared_ptr<Guard const> next) {
  std::scoped_lock const lock{mutex_};
  guard_.swap(next);
  allowances_.clear();
}

bool GuardInForce::admits(GuardedClient const& client, Allowance::Time now) {
  if (client.rate == 0) return true;
  std::scoped_lock const lock{mutex_};
  return allowances_[client.name].take(client.rate, now);
}

}  // namespace torntape::service
