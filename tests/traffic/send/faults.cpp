#include "traffic/send/faults.hpp"

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace torntape::send;
using namespace std::chrono_literals;

namespace {

std::string good(std::size_t n) {
  return fmt::format("VZCZCTAI{:04}\nRR RUEHC\nDE RUEHTA #{:04} 2290141\nTEXT AND 12345 FIGURES\nNNNN\n", n,
                     n);
}

struct Line {
  std::vector<Sourced> messages;
  std::vector<Fault> faults;
  std::size_t good = 0;  // messages told to be
};

Line over(std::string_view plan, std::size_t count, std::uint64_t seed = 1) {
  Line line;
  std::size_t given = 0;
  auto source = std::make_unique<FromFunction>([&]() -> std::optional<Sourced> {
    if (given == count) return std::nullopt;
    return Sourced{.text = good(++given)};
  });
  Faulty faulty{std::move(source), std::get<FaultPlan>(read_faults(plan)), seed, [&](Fault const& fault) {
                  if (fault.damage.empty())
                    ++line.good;
                  else
                    line.faults.push_back(fault);
                }};
  for (Sourced message; faulty.next(message) == Source::State::message; message = {})
    line.messages.push_back(message);
  return line;
}

std::string repaired(std::string text, Fault const& fault) {
  return text.replace(fault.offset, fault.now.size(), fault.before);
}

}  // namespace

TEST_CASE("each fault comes about as often as asked, each time with its label") {
  auto const count = 5000U;
  auto const [plan, least, most] =
      GENERATE(table<std::string, std::size_t, std::size_t>({{"drop=0.1", 400, 600},
                                                             {"duplicate=0.1", 400, 600},
                                                             {"cut=0.1", 400, 600},
                                                             {"stall=0.1:2s", 400, 600},
                                                             {"reorder=0.1", 400, 600},
                                                             {"drop=0", 0, 0}}));
  auto const line = over(plan, count);
  CHECK(line.faults.size() >= least);
  CHECK(line.faults.size() <= most);
  for (auto const& fault : line.faults) CHECK(plan.starts_with(fault.damage));
  CHECK(line.good + line.faults.size() == line.messages.size());
}

TEST_CASE("what a label says undone, the good message is there again") {
  auto const line = over("garble=0.002,cut=0.05", 1000);
  REQUIRE(line.messages.size() == 1000);
  std::string all;
  for (auto const& message : line.messages) all += message.text;
  std::map<std::uint64_t, Fault> by_message;
  for (auto const& fault : line.faults) {
    CHECK(all.substr(fault.begin + fault.offset, fault.now.size()) == fault.now);
    CHECK(all.substr(fault.begin, fault.length) == line.messages[fault.message - 1].text);
    CHECK(static_cast<std::size_t>(
              std::count(all.begin(), all.begin() + static_cast<long>(fault.begin), '\n')) +
              1 ==
          fault.line);
  }
  for (auto const& fault : line.faults) CHECK(by_message.emplace(fault.message, fault).second);
  auto garbled = 0;
  for (std::size_t n = 1; n <= 1000; ++n) {
    auto const& message = line.messages[n - 1];
    auto const place = by_message.find(n);
    CHECK((place != by_message.end()) == message.damaged);
    if (place == by_message.end()) {
      CHECK(message.text == good(n));
      continue;
    }
    garbled += place->second.damage == "garble" ? 1 : 0;
    CHECK(repaired(message.text, place->second) == good(n));
    CHECK(message.original == good(n));
  }
  CHECK(garbled > 300);
}

TEST_CASE("a share of every impulse garbles a line as the alphabet has it: no character from outside it") {
  auto lost_shift = false;
  for (auto const& message : over("garble=0.02", 300).messages) {
    CHECK(message.text.find_first_of("abcdefghijklmnopqrstuvwxyz@\x0e\x0f") == std::string::npos);
    lost_shift = lost_shift || message.text.find("QWERT") != std::string::npos;
  }
  CHECK(lost_shift);  // 12345 without its FIGS
}

TEST_CASE("the same seed, the same faults") {
  auto const texts = [](Line const& line) {
    std::string all;
    for (auto const& message : line.messages) all += message.withheld ? "-" : message.text;
    return all;
  };
  std::string_view const plan = "garble=0.001,drop=0.05,duplicate=0.05,reorder=0.05,cut=0.05,stall=0.05";
  CHECK(texts(over(plan, 500)) == texts(over(plan, 500)));
  CHECK(texts(over(plan, 500)) != texts(over(plan, 500, 2)));
}

TEST_CASE("reordered and doubled messages are all there") {
  std::map<std::string, int> found;
  for (auto const& message : over("duplicate=0.2,reorder=0.2", 500).messages) ++found[message.text];
  CHECK(found.size() == 500);
}

TEST_CASE("what is no fault is told") {
  for (auto const* const text :
       {"garbel=0.1", "drop", "drop=2", "drop=-1", "stall=0.1:soon", "drop=0.1,,cut=0.1"})
    CHECK(std::holds_alternative<std::string>(read_faults(text)));
  CHECK(std::get<FaultPlan>(read_faults("stall=0.5:250ms")).silence == 250ms);
}
