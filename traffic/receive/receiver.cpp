#include "traffic/receive/receiver.hpp"

#include <array>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace torntape::receive {
namespace {

struct Kind {
  std::string_view scheme;
  Opened (*open)(send::Address const&);
  std::set<std::string> options;
};

std::array<Kind, 6> const& kinds() {
  static std::array<Kind, 6> const all{
      Kind{"file", open_files, {}},
      Kind{"http", open_web, {}},
      Kind{"nats", open_jetstream, {"durable", "core"}},
      Kind{"smtp", open_mail, {}},
      Kind{"tcp", open_circuit, {"code"}},
      Kind{"torntape", open_queue, {}},
  };
  return all;
}

}  // namespace

Opened open(send::Address const& address) {
  std::string schemes;
  for (auto const& kind : kinds()) {
    schemes.append(schemes.empty() ? "" : ", ").append(kind.scheme).append("://");
    if (kind.scheme != address.scheme) continue;
    if (auto why = address.unknown_option(kind.options)) return std::move(*why);
    if (auto why = address.neither_yes_nor_no({"core"})) return std::move(*why);
    return kind.open(address);
  }
  return fmt::format("nothing is received from {}://; there is {}", address.scheme, schemes);
}

}  // namespace torntape::receive
