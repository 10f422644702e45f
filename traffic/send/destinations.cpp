#include "traffic/send/destinations.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace torntape::send {
namespace {

struct Kind {
  std::string_view scheme;
  Opened (*open)(Address const&);
  std::set<std::string> options;
};

std::array<Kind, 9> const& kinds() {
  static std::set<std::string> const mail{"from", "to", "ca", "starttls"};
  static std::set<std::string> const web{"as", "ca"};
  static std::array<Kind, 9> const all{
      Kind{"file", open_files, {"append"}},
      Kind{"torntape", open_switch, {}},
      Kind{"tcp", open_circuit, {"channel", "number", "code"}},
      Kind{"http", open_webhook, web},
      Kind{"https", open_webhook, web},
      Kind{"smtp", open_mail, mail},
      Kind{"smtps", open_mail, mail},
      Kind{"nats", open_jetstream, {"stream"}},
      Kind{"amqp", open_broker, {"queue", "exchange", "declare"}},
  };
  return all;
}

}  // namespace

Opened open(Address const& address, std::set<std::string> const& shared) {
  for (auto const& kind : kinds()) {
    if (kind.scheme != address.scheme) continue;
    auto known = kind.options;
    known.insert(shared.begin(), shared.end());
    if (auto why = address.unknown_option(known)) return std::move(*why);
    if (auto why = address.neither_yes_nor_no({"append", "starttls"})) return std::move(*why);
    return kind.open(address);
  }
  std::string schemes;
  for (auto const& kind : kinds())
    schemes.append(schemes.empty() ? "" : ", ").append(kind.scheme).append("://");
  return fmt::format("nothing is sent to {}://; there is {}", address.scheme, schemes);
}

}  // namespace torntape::send
