// A relay's transmission is not read again where only FL1 and FL2 of it are new: it must come out as if it
// were.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "grammar/received.hpp"
#include "grammar/views.hpp"
#include "router/relay/transmission.hpp"
#include "tests/router/simulation/support.hpp"
#include "traffic/generator/message.hpp"

namespace grammar = torntape::grammar;
namespace generator = torntape::generator;
namespace relay = torntape::relay;
using grammar::Message;
using grammar::Received;

namespace {

// As it comes out of a line.
std::string sent(Message const& message, relay::TransmissionHead const& head) {
  auto text = relay::transmission(head, message);
  text.resize(text.rfind("NNNN") + 4);
  return text;
}

// All that was read: each part by its place, and what is no part.
std::vector<std::string> told(Message message) {
  std::vector<std::string> all;
  auto const source = message.source;
  grammar::for_each_view(message, [&](grammar::View& view) {
    all.push_back(!grammar::present(view) ? "absent"
                                          : fmt::format("{}+{}", view.data() - source.data(), view.size()));
  });
  for (auto const& line : message.lines)
    all.push_back(
        fmt::format("line {} {}", static_cast<int>(line.format_line), static_cast<int>(line.reading)));
  for (auto const& a : message.addressees)
    all.push_back(fmt::format("addressee {} {} {} {} {}", static_cast<int>(a.kind), a.other_means,
                              a.night_action, static_cast<int>(a.precedence), a.line));
  all.push_back(fmt::format("{} {} {} {} {} {:x} {:x}", static_cast<int>(message.profile),
                            static_cast<int>(message.profile_reason), static_cast<int>(message.form),
                            static_cast<int>(message.copy_kind), message.archive, message.features.low,
                            message.features.high));
  all.push_back(fmt::format("{} {}", static_cast<void const*>(message.conventions), message.oddities.size()));
  return all;
}

// Whether anything in these bytes looks like a view into the text: a length, and then a place. What lies
// between the parts is whatever memory held.
template <class Thing>
bool points_into(Thing const& thing, std::string const& text) {
  std::vector<std::uintptr_t> words(sizeof(Thing) / sizeof(std::uintptr_t));
  std::memcpy(words.data(), &thing, words.size() * sizeof(std::uintptr_t));
  auto const begin = reinterpret_cast<std::uintptr_t>(text.data());
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i - 1] > 0 && words[i - 1] <= text.size() && words[i] >= begin &&
        words[i] < begin + text.size())
      return true;
  return false;
}

template <class Thing>
bool any_points_into(std::vector<Thing> const& things, std::string const& text) {
  return std::ranges::any_of(things, [&](auto const& each) { return points_into(each, text); });
}

bool points_into_any_part(Message const& m, std::string const& text) {
  return points_into(m, text) || any_points_into(m.lines, text) || any_points_into(m.addressees, text) ||
         any_points_into(m.exempted, text) || any_points_into(m.page_marks, text) ||
         any_points_into(m.routing_line.routing_indicators, text) ||
         any_points_into(m.transmission_instructions.operating_signals, text) ||
         any_points_into(m.transmission_instructions.transmit, text) ||
         any_points_into(m.preamble.message_instructions, text) || any_points_into(m.text.captions, text) ||
         any_points_into(m.text.tags, text) || any_points_into(m.end.corrections, text);
}

std::vector<std::string> called(torntape::directory::Directory const& directory, unsigned from,
                                unsigned count) {
  std::vector<std::string> all;
  auto const& stations = directory.network().stations;
  for (unsigned i = 0; i != count; ++i) all.push_back(stations[(from + 3 * i) % stations.size()].indicator);
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

TEST_CASE("what a relay sends on is the same taken over as read, over several relays") {
  auto const scenario = torntape::simulation::testing::demo();
  auto const& directory = *scenario.directory;
  auto const originators = generator::originators(directory);
  std::size_t renewed = 0, all = 0;
  for (std::uint32_t serial = 1; serial != 400; ++serial) {
    generator::Mix mix;
    mix.collectives_per_cent = 30;
    mix.most_lines = mix.fewest_lines + serial % 40;
    generator::Random random(serial, "renewed");
    auto const* const station = originators[serial % originators.size()];
    generator::Occasion const occasion{
        station, std::chrono::floor<std::chrono::minutes>(scenario.begin) + std::chrono::minutes(serial),
        serial};
    auto before = std::make_shared<Received const>(generator::message(random, directory, mix, occasion));
    for (unsigned hop = 0; hop != 3; ++hop) {
      relay::TransmissionHead head;
      head.identification = fmt::format("{}{:04}", hop == 1 ? "XRO" : "ACI", (serial * 37 + hop) % 9'999 + 1);
      head.precedence = relay::routing_precedence(before->message());
      head.called = called(directory, serial + hop, serial % 3 == 0 ? serial % 20 + 1 : serial % 4 + 1);
      head.here = "RTAA";
      auto const text = sent(before->message(), head);
      auto const read = std::make_shared<Received const>(text);
      auto bytes = text;
      ++all;
      if (auto const made = Received::renewed(std::move(bytes), *before)) {
        ++renewed;
        CHECK(made->bytes() == text);
        CHECK(told(made->message()) == told(read->message()));
        CHECK_FALSE(points_into_any_part(made->message(), before->bytes()));
        before = made;
      } else {
        CHECK(bytes == text);
        before = read;
      }
    }
  }
  CHECK(renewed > all * 9 / 10);
}

TEST_CASE("what is not plainly the same from FL3 on is read") {
  auto const scenario = torntape::simulation::testing::demo();
  generator::Random random(1, "renewed");
  generator::Occasion const occasion{generator::originators(*scenario.directory).front(),
                                     std::chrono::floor<std::chrono::minutes>(scenario.begin), 1};
  Received const before(generator::message(random, *scenario.directory, {}, occasion));
  relay::TransmissionHead head;
  head.identification = "XRO3820";
  head.precedence = relay::routing_precedence(before.message());
  head.called = {"RUEHBI", "RUEHCI"};
  head.here = "RTAA";
  auto const plain = sent(before.message(), head);
  auto const renewed = [&](std::string bytes) {
    return Received::renewed(std::move(bytes), before) != nullptr;
  };
  REQUIRE(renewed(plain));

  auto other_letter = plain;
  other_letter[plain.size() - 40] ^= 1;
  CHECK_FALSE(renewed(other_letter));
  CHECK_FALSE(renewed(plain.substr(0, plain.size() - 1)));
  CHECK_FALSE(renewed(plain + "\n\nX"));
  CHECK_FALSE(renewed(""));
  CHECK_FALSE(renewed("VZCZC"));
  auto zeros = plain;
  zeros.replace(8, 4, "0000");
  CHECK_FALSE(renewed(zeros));
  auto odd = plain;
  odd[odd.find('\n') + 1] = 'X';
  CHECK_FALSE(renewed(odd));
  head.sent_before_as = "XRO3819";
  CHECK_FALSE(renewed(sent(before.message(), head)));
  head.sent_before_as.clear();
  head.rerouted = true;
  CHECK_FALSE(renewed(sent(before.message(), head)));
}
