// Made-up messages are good: the whole validator says so, of many of them, in either network.
#include "traffic/generator/message.hpp"

#include <map>
#include <memory>
#include <set>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "directory/network_file.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"

namespace generator = torntape::generator;
namespace grammar = torntape::grammar;
using torntape::directory::Directory;

namespace {

std::shared_ptr<Directory const> network(std::string const& name) {
  return torntape::directory::read_network_file(std::string(TORNTAPE_FIXTURES) + "/networks/" + name)
      .directory;
}

std::string made(std::uint64_t seed, Directory const& directory, generator::Mix const& mix = {}) {
  generator::Random random(seed);
  auto const stations = generator::originators(directory);
  auto const day = std::chrono::sys_days{std::chrono::year{2009} / 1 / 1};
  auto const* const from = random.one_of(stations);
  auto const minutes = std::chrono::minutes{random.below(525'600)};
  auto const serial = static_cast<std::uint32_t>(random.between(1, 999'999));
  return generator::message(random, directory, mix, {from, day + minutes, serial});
}

// What is found above information, one a line.
std::string faults(std::string const& text, std::shared_ptr<Directory const> directory,
                   std::optional<grammar::CopyKind> kind) {
  grammar::Parser parser;
  grammar::Settings settings;
  settings.copy_kind = kind;
  torntape::validator::Checker checker({}, std::move(directory));
  std::string faults;
  for (auto const& found : checker.check(parser.parse(text, settings)))
    if (found.severity > grammar::Severity::info)
      faults.append(found.rule).append(" ").append(found.message).append("\n");
  return faults;
}

}  // namespace

TEST_CASE("nothing above information is found in made-up messages, as filed or as relayed") {
  for (auto const* const name : {"demo.toml", "one-switch.toml"}) {
    auto const directory = network(name);
    CHECK(rc::check("good messages", [&](std::uint64_t seed) {
      auto const text = made(seed, *directory);
      auto const found = faults(text, directory, grammar::CopyKind::origin) + faults(text, directory, {}) +
                         faults(text, nullptr, {});
      if (!found.empty()) RC_FAIL(found + text);
    }));
  }
}

TEST_CASE("every precedence, kind of address and class is made") {
  auto const directory = network("demo.toml");
  std::set<std::string> seen;
  grammar::Parser parser;
  for (std::uint64_t seed = 0; seed != 400; ++seed) {
    auto const text = made(seed, *directory);
    auto const& message = parser.parse(text);
    seen.insert(std::string(message.preamble.precedence));
    seen.insert(std::string(message.transmission_instructions.designator));
    if (grammar::present(message.preamble.info_precedence)) seen.insert("dual");
    for (auto const& addressee : message.addressees)
      if (directory->collective(addressee.routing_indicator) != nullptr) seen.insert("collective");
  }
  CHECK(seen == std::set<std::string>{"R", "P", "O", "Z", "UUUUU", "CCCCC", "dual", "collective"});
}

TEST_CASE("the same seed makes the same bytes on every machine") {
  auto const directory = network("demo.toml");
  std::uint64_t digest = 14695981039346656037U;
  for (std::uint64_t seed = 0; seed != 50; ++seed)
    for (auto const letter : made(seed, *directory))
      digest = (digest ^ static_cast<unsigned char>(letter)) * 1099511628211U;
  CHECK(digest == 0x8b69e610c7c77cbe);
}

TEST_CASE("a draw is even") {
  generator::Random random(7, "dice");
  std::map<std::uint64_t, int> thrown;
  for (int i = 0; i != 60'000; ++i) ++thrown[random.below(6)];
  CHECK(thrown.size() == 6);
  for (auto const& [side, times] : thrown) CHECK((times > 9'500 && times < 10'500));
}

TEST_CASE("streams of one seed know nothing of each other") {
  generator::Random one(7, "one"), other(7, "other"), again(7, "one");
  auto const first = one.next();
  CHECK(first != other.next());
  CHECK(first == again.next());
}
