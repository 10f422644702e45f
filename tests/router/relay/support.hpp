// Messages and networks for the tests of the relay and its stores.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "directory/network_file.hpp"
#include "grammar/received.hpp"
#include "router/network/routes.hpp"
#include "router/relay/event.hpp"

namespace torntape::relay::testing {

inline std::string contents(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string seed_text() {
  return contents(std::filesystem::path(TORNTAPE_FIXTURES) / "seed/09ASTANA1399.txt");
}

inline grammar::SharedMessage received(std::string text) {
  return std::make_shared<grammar::Received const>(std::move(text));
}

inline std::shared_ptr<network::Routes const> routes_of(std::string_view fixture) {
  auto file = directory::read_network_file(std::filesystem::path(TORNTAPE_FIXTURES) / "networks" / fixture);
  if (file.directory == nullptr) throw std::runtime_error("the network has errors");
  return std::make_shared<network::Routes const>(file.directory);
}

// What of a heading a test varies.
struct Heading {
  int serial = 1;
  std::string to = "RUEHC/SECSTATE WASHDC";  // lines of FL7
  std::string info{};                        // lines of FL8, may be empty
  std::string exempted{};                    // of FL9
  std::string warning = "ZNY CCCCC ZZH";     // FL4
  std::string precedence = "R";              // FL5
  std::string text = "TEXT";
};

inline std::string text_of(Heading const& heading) {
  auto text = fmt::format(
      "VZCZCTAI0001\nRR RUEHC\nDE RUEHTA #{:04}/01 2290141\n{}{}{} 170141Z AUG 09\nFM AMEMBASSY ASTANA\nTO "
      "{}\n",
      heading.serial, heading.warning, heading.warning.empty() ? "" : "\n", heading.precedence, heading.to);
  if (!heading.info.empty()) text += "INFO " + heading.info + "\n";
  if (!heading.exempted.empty()) text += "XMT " + heading.exempted + "\n";
  return text + "BT\nC O N F I D E N T I A L SECTION 01 OF 01 ASTANA 000001\n" + heading.text +
         "\nBT\n#0001\nNNNN\n";
}

// Not for secrets: equal for equal texts, as the caller's digest is.
inline Digest digest_of(std::string_view text) {
  Digest digest{};
  std::uint64_t a = 14695981039346656037U, b = 7;
  for (auto const letter : text) {
    auto const c = static_cast<unsigned char>(letter);
    a = (a ^ c) * 1099511628211U;
    b = b * 6364136223846793005U + c + 1;
  }
  for (std::size_t i = 0; i < 8; ++i) {
    digest[i] = static_cast<std::uint8_t>(a >> (8 * i));
    digest[8 + i] = static_cast<std::uint8_t>(b >> (8 * i));
  }
  return digest;
}

inline Filed filed(Ticket ticket, std::string const& text) {
  return {ticket, received(text), digest_of(text)};
}
inline Filed filed(Ticket ticket, Heading const& heading) { return filed(ticket, text_of(heading)); }

// The messages as a store has them.
using Messages = std::map<MessageNumber, Accepted>;
inline void keep(Messages& messages, Record const& record) {
  if (auto const* const accepted = std::get_if<Accepted>(&record))
    messages.insert_or_assign(accepted->envelope.number, *accepted);
  if (auto const* const moved = std::get_if<Moved>(&record)) {
    auto& copies = messages.at(moved->copy.message).envelope.copies;
    copies.at(moved->copy.copy) = moved->into.front();
    copies.insert(copies.end(), moved->into.begin() + 1, moved->into.end());
  }
}

// What a store gives back of these records: what was recalled was never sent.
inline std::vector<Record> as_stored(std::vector<Record> const& committed) {
  std::vector<Record> kept;
  for (auto const& record : committed) {
    if (auto const* const recalled = std::get_if<Recalled>(&record)) {
      for (auto& earlier : kept) {
        if (auto* const numbered = std::get_if<Numbered>(&earlier);
            numbered && numbered->copy == recalled->copy)
          numbered->copy = {};
        if (auto* const sent = std::get_if<Transmitted>(&earlier); sent && sent->copy == recalled->copy)
          sent->copy = {};
      }
    }
    kept.push_back(record);
  }
  return kept;
}

}  // namespace torntape::relay::testing
