// tcp://127.0.0.1:12727: text on a circuit, one transmission after the other (docs/circuits.md). Nothing
// comes back that would confirm a message: it counts as sent once the far end's system has acknowledged its
// last octet.
//
//   channel=TAI   FL1 is renewed: this channel, and numbers of its own
//   number=0001   the first of them; after 999 or 9999 comes 1 again
//   code=ita2     octets of a circuit (docs/alphabets.md): ita2, ita2-us, ita2-packed, ita2-us-packed, ia5
#include <algorithm>
#include <charconv>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "grammar/alphabets/transmission.hpp"
#include "grammar/parser.hpp"
#include "traffic/send/codings.hpp"
#include "traffic/send/connecting.hpp"
#include "traffic/send/destinations.hpp"
#include "traffic/send/link.hpp"

namespace torntape::send {
namespace {

using namespace std::chrono_literals;
using grammar::FormatLine;

constexpr std::size_t most_waiting = std::size_t{1} << 20U;
constexpr auto glance = 1ms;  // how often the far end's acknowledgements are looked at

// The numbers of a channel (ACP 127(G) 112.b; RT-10).
class ChannelNumbers {
 public:
  ChannelNumbers(unsigned next, std::size_t figures) : next_{next}, figures_{figures} {}
  [[nodiscard]] std::string next() {
    auto const number = next_;
    next_ = next_ == (figures_ == 3 ? 999U : 9'999U) ? 1 : next_ + 1;
    return fmt::format("{:0{}}", number, figures_);
  }

 private:
  unsigned next_;
  std::size_t figures_;
};

struct Numbering {
  std::string channel;
  ChannelNumbers numbers;
};

// Where the message itself stands in its source: what surrounds it does not go over a circuit.
struct Extent {
  std::size_t begin = 0, behind_fl1 = 0, end = 0;
  bool ended = false;  // by NNNN
};

Extent extent_of(grammar::Message const& message) {
  Extent extent;
  auto const offset = [&](grammar::View text) {
    return static_cast<std::size_t>(text.data() - message.source.data());
  };
  auto begun = false;
  extent.end = message.source.size();
  for (auto const& line : message.lines) {
    if (line.text.data() == nullptr) continue;
    auto const end = offset(line.text) + line.text.size() + line.ending.size();
    if (!begun && line.reading != grammar::Reading::outside) {
      begun = true;
      extent.begin = offset(line.text);
      extent.behind_fl1 = line.format_line == FormatLine::fl1 ? end : extent.begin;
    }
    if (line.format_line != FormatLine::fl16) continue;
    extent.ended = true;
    extent.end = end;
  }
  return extent;
}

class Circuit final : public Connecting {
 public:
  Circuit(Address const& address, std::optional<Numbering> numbering, grammar::Coding coding)
      : host_{address.host},
        port_{address.port},
        numbering_{std::move(numbering)},
        coding_{coding},
        encoder_{coding} {}

  void hand_over(Outgoing const& message) override {
    auto const bytes = octets(message);
    auto const begin = link_.written() + link_.waiting();
    link_.write(bytes);
    under_way_.push_back({message.number, begin, begin + bytes.size()});
  }

  void work(Time until, std::vector<Answer>& answers) override {
    while (answers.empty()) {
      auto const now = std::chrono::steady_clock::now();
      link_.run(under_way_.empty() ? until : std::min(until, now + glance));
      static_cast<void>(link_.take_input());
      if (up() && !link_.up()) break_off(answers);
      for (auto const there = link_.acknowledged(); !under_way_.empty() && under_way_.front().end <= there;
           under_way_.pop_front())
        answers.push_back({under_way_.front().number, Result::sent});
      if (std::chrono::steady_clock::now() >= until) break;
    }
  }

  // A message sent again has another number; whoever receives it cannot know.
  [[nodiscard]] bool knows_repeats() const override { return false; }

 private:
  struct UnderWay {
    std::uint64_t number, begin, end;
  };

  std::string connect() override {
    encoder_ = grammar::TapeEncoder{coding_};
    return link_.connect(host_, port_, patience);
  }
  bool has_room() override { return link_.waiting() < most_waiting; }

  std::string octets(Outgoing const& outgoing) {
    grammar::Parser parser;
    auto text = transmitted(outgoing, parser.parse(outgoing.text));
    if (coding_.alphabet == grammar::Alphabet::text) return text;
    auto const tape = grammar::transmission(parser.parse(text), coding_.alphabet);
    std::string octets;
    encoder_.encode(tape, octets);
    return octets;
  }

  std::string transmitted(Outgoing const& outgoing, grammar::Message const& message) {
    auto const extent = extent_of(message);
    std::string text;
    if (numbering_) text = fmt::format("VZCZC{}{}\n", numbering_->channel, numbering_->numbers.next());
    auto const begin = numbering_ ? extent.behind_fl1 : extent.begin;
    text.append(message.source.substr(begin, extent.end - begin));
    if (outgoing.damaged) return text;
    if (!text.ends_with('\n')) text.append("\n");
    if (!extent.ended) text.append("NNNN\n");
    return text;
  }

  // What had begun to leave may be there, the rest is not.
  void break_off(std::vector<Answer>& answers) {
    auto const begun = link_.written();
    for (auto const& one : under_way_) {
      auto const result = one.begin < begun ? Result::unknown : Result::not_taken;
      answers.push_back({one.number, result, "connection lost: " + link_.why_down()});
    }
    under_way_.clear();
    lost(link_.why_down());
  }

  std::string host_;
  std::uint16_t port_;
  std::optional<Numbering> numbering_;
  grammar::Coding coding_;
  grammar::TapeEncoder encoder_;
  Link link_;
  std::deque<UnderWay> under_way_;
};

std::variant<std::optional<Numbering>, std::string> numbering_of(Address const& address) {
  auto const channel = address.option("channel");
  if (channel.empty()) {
    if (address.options.contains("number"))
      return "tcp:// has number= and no channel=: which channel is it of?";
    return std::optional<Numbering>{};
  }
  auto const letters = [](unsigned char c) { return c >= 'A' && c <= 'Z'; };
  if (channel.size() != 3 || !std::ranges::all_of(channel, letters))
    return fmt::format("'{}' is no channel: three letters, such as TAI", channel);
  auto const number = address.option("number", "0001");
  unsigned first = 0;
  auto const [stop, error] = std::from_chars(number.data(), number.data() + number.size(), first);
  if (error != std::errc{} || stop != number.data() + number.size() || number.size() < 3 || number.size() > 4)
    return fmt::format("'{}' is no channel number: three or four figures", number);
  return std::optional{Numbering{channel, ChannelNumbers{first, number.size()}}};
}

}  // namespace

Opened open_circuit(Address const& address) {
  if (address.port == 0) return fmt::format("{}: a circuit has no usual port: tcp://HOST:PORT", address.text);
  auto numbering = numbering_of(address);
  if (auto* const why = std::get_if<std::string>(&numbering)) return std::move(*why);
  auto const coding = coding_named(address.option("code", "text"));
  if (!coding) return no_such_coding(address.option("code"));
  return std::make_unique<Circuit>(address, std::move(std::get<0>(numbering)), *coding);
}

}  // namespace torntape::send
