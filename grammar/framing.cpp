#include "grammar/framing.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "grammar/alphabets/tape.hpp"
#include "grammar/characters.hpp"
#include "grammar/fl01_transmission_identification/pilot.hpp"
#include "grammar/fl01_transmission_identification/transmission_identification.hpp"
#include "grammar/fl02_routing_line/routing_line.hpp"
#include "grammar/fl03_calling_station/calling_station.hpp"
#include "grammar/fl04_transmission_instructions/transmission_instructions.hpp"
#include "grammar/fl05_preamble/preamble.hpp"
#include "grammar/fl06_originator/originator.hpp"
#include "grammar/fl11_separator/separator.hpp"
#include "grammar/fl12_text/text_identification.hpp"
#include "grammar/fl16_end/end_of_message.hpp"
#include "grammar/starts.hpp"

namespace torntape::grammar {
namespace {

constexpr View byte_order_mark = "\xEF\xBB\xBF";
constexpr View end_of_message = "NNNN";
constexpr std::size_t looked_at = 256;     // characters of a line
constexpr std::size_t station_lines = 20;  // FL2 to FL4 above an FL5
constexpr std::size_t heading_lines = 60;  // after a repeated FL1 that may hold FL3 and FL5

// In a capture: the length of a line up to where a transmission begins behind the letters that follow `NNNN`,
// since no line end is sent there (ACP 127(G) 138.d); otherwise that of the line.
[[nodiscard]] std::size_t end_of_transmission(View line) {
  std::size_t at = 0, read = 0;
  for (; at != line.size() && read != end_of_message.size(); ++at) {
    auto const leads = read == 0 && (is_blank(line[at]) || line[at] == '\r');
    if (tape::is_filling(line[at]) || leads) continue;
    if (line[at] != end_of_message[read++]) return line.size();
  }
  auto const letters = at;
  while (at != line.size() && tape::is_filling(line[at])) ++at;
  auto const rest = trim(line.substr(at));
  bool const parted = at != letters || rest.starts_with(fl01::start_of_message);
  return parted && !rest.empty() && rest != "\n" ? at : line.size();
}

// A letter of precedence and a blank: of the lines of a text, few begin so.
[[nodiscard]] bool may_be_preamble(View line) {
  return line.size() > 2 && line[1] == ' ' && View("ZOPRY").find(line.front()) != View::npos;
}

}  // namespace

void Framer::feed(View bytes) {
  if (taken_ != 0) {
    buffer_.erase(0, taken_);
    scanned_ -= taken_;
    searched_ -= taken_;
    if (repetition_) repetition_->begin -= taken_;
    if (candidate_) candidate_->begin -= taken_;
    progress_.looked -= taken_;
    taken_ = 0;
  }
  buffer_.append(bytes);
}

void Framer::finish() { finished_ = true; }

std::optional<View> Framer::next_line() {
  if (scanned_ == buffer_.size()) return std::nullopt;
  auto const newline = buffer_.find('\n', searched_);
  if (newline == std::string::npos && !finished_) {
    searched_ = buffer_.size();
    return std::nullopt;
  }
  auto const end = newline == std::string::npos ? buffer_.size() : newline + 1;
  auto const line = View(buffer_).substr(scanned_, end - scanned_);
  return alphabet_ == Alphabet::text ? line : line.substr(0, end_of_transmission(line));
}

bool Framer::Identity::takes(View line) {
  auto* const own = fl03::starts(line) ? &calling_station : fl05::starts(line) ? &preamble : nullptr;
  if (own == nullptr) return true;
  if (own->empty()) *own = line;
  return *own == line;
}

void Framer::Progress::read(View line) {
  if (line.empty()) return;
  if (fl11::is(line)) {
    ++separators;
  } else if (!heading) {
    heading = preamble && fl06::starts(line);
    preamble = fl05::starts(line);
  } else if (!text) {
    text = fl12::starts(line);
  }
}

bool Framer::text_has_begun(std::size_t end) {
  while (progress_.looked < end) {
    auto const rest = View(buffer_).substr(progress_.looked, end - progress_.looked);
    auto const length = std::min(rest.size(), rest.find('\n'));
    progress_.read(trim(rest.substr(0, std::min(length, looked_at))));
    progress_.looked += std::min(length + 1, rest.size());
  }
  return progress_.text && progress_.separators % 2 == 0;
}

void Framer::take_station_lines(Candidate& candidate, Identity& identity) const {
  View station;
  auto begin = candidate.begin;
  for (std::size_t above = 1; begin > taken_ && above <= station_lines; ++above) {
    auto const before = View(buffer_).substr(taken_, begin - 1 - taken_);
    auto const start = taken_ + before.rfind('\n') + 1;
    auto const line = trim(before.substr(start - taken_, looked_at));
    begin = start;
    if (station.empty()) {
      if (fl03::starts(line))
        station = line;
      else if (above != 1 || !fl04::starts(line))
        return;
    } else if (fl02::starts(line)) {
      candidate.begin = start;
      candidate.lines -= above;
      identity.calling_station = station;
      return;
    } else if (!line.empty() && !fl02::may_be(line)) {
      return;
    }
  }
}

std::optional<Frame> Framer::begun_by_preamble(View line, std::size_t begin) {
  if (line.empty()) return std::nullopt;
  auto found = std::exchange(candidate_, std::nullopt);
  bool const heading = found && !ended_ && fl06::starts(line);
  if (heading && identity_.preamble.empty()) identity_.preamble = found->preamble;
  // The message's own FL5 is no beginning of another.
  bool const own = found && found->preamble == identity_.preamble;
  if (heading && !own && text_has_begun(found->begin)) {
    identity_ = {};
    identity_.preamble = found->preamble;
    take_station_lines(*found, identity_);
    auto const frame = cut(found->begin, found->lines);
    first_line_.clear();
    repetition_.reset();
    return frame;
  }
  if (!ended_ && may_be_preamble(line) && line != identity_.preamble && fl05::starts(line))
    candidate_ = Candidate{begin, lines_, std::string{line}};
  return std::nullopt;
}

bool Framer::begins_another(View line) {
  if (!fl01::starts(line)) {
    if ((opened_ && !ended_) || !begins_without_start(line)) return false;
    opened_ = true;
    if (!ended_) return false;
    first_line_.clear();
    identity_ = {};
    repetition_.reset();
    ended_ = false;
    return true;
  }
  if (after_pilot_) return false;
  opened_ = true;
  bool const first = first_line_.empty() && !ended_ && !text_has_begun(scanned_);
  // Drop copies all bear VZCZCXYZ0000: on that channel an FL1 begins a message, whatever its number.
  bool const drop_copy = line.starts_with("VZCZCXYZ");
  repetition_.reset();
  if (!first && !ended_ && !drop_copy && line == first_line_) {
    repetition_ = Repetition{scanned_, lines_, 0, {}};
    return false;
  }
  first_line_ = line;
  identity_ = {};
  ended_ = false;
  return !first;
}

bool Framer::tells_apart(View line) {
  if (!repetition_) {
    if (!first_line_.empty() && (identity_.calling_station.empty() || identity_.preamble.empty()))
      static_cast<void>(identity_.takes(line));
    return false;
  }
  auto& [begin, lines, read, identity] = *repetition_;
  static_cast<void>(identity.takes(line));
  auto const differ = [](std::string const& a, std::string const& b) {
    return !a.empty() && !b.empty() && a != b;
  };
  if (differ(identity.calling_station, identity_.calling_station) ||
      differ(identity.preamble, identity_.preamble))
    return true;
  // FL5 decides at the latest, and stands near.
  if (++read > heading_lines || !identity.preamble.empty()) repetition_.reset();
  return false;
}

Frame Framer::cut(std::size_t end, std::size_t lines) {
  Frame const frame{View(buffer_).substr(taken_, end - taken_), position_, alphabet_};
  position_.offset += end - taken_;
  position_.line += lines;
  lines_ -= lines;
  taken_ = end;
  progress_ = {};
  progress_.looked = end;
  return frame;
}

// Of a message that is under way and known, nothing but VZCZC, NNNN and another FL5 can be the end: most
// lines are none of them.
bool Framer::inside() const {
  return opened_ && !candidate_ && !ended_ && !repetition_ && !identity_.calling_station.empty() &&
         !identity_.preamble.empty();
}

// Whole lines of text whose first characters tell that they are none.
void Framer::pass_over() {
  auto const* const end = buffer_.data() + buffer_.size();
  auto const* line = buffer_.data() + scanned_;
  while (line != end && *line != 'V' && *line != 'N' && *line > ' ') {
    if (end - line <= 2 || may_be_preamble(View(line, 3))) break;
    auto const* const newline =
        static_cast<char const*>(std::memchr(line, '\n', static_cast<std::size_t>(end - line)));
    if (newline == nullptr) break;
    line = newline + 1;
    ++lines_;
  }
  scanned_ = static_cast<std::size_t>(line - buffer_.data());
  searched_ = std::max(searched_, scanned_);
}

std::optional<Frame> Framer::begun_by_start(View line, std::size_t begin) {
  if (begins_another(line)) return cut(begin, lines_);
  if (!tells_apart(line)) return std::nullopt;
  identity_ = repetition_->identity;
  auto const frame = cut(repetition_->begin, repetition_->lines);
  repetition_.reset();
  return frame;
}

std::optional<Frame> Framer::next() {
  if (alphabet_ == Alphabet::text && inside()) pass_over();
  while (auto const raw = next_line()) {
    auto const begin = scanned_;
    auto text = raw->ends_with('\n') ? raw->substr(0, raw->size() - 1) : *raw;
    if (position_.offset == 0 && begin == 0 && text.starts_with(byte_order_mark))
      text.remove_prefix(byte_order_mark.size());
    std::string shown;
    if (alphabet_ != Alphabet::text) text = shown = tape::printed(text, alphabet_);
    auto line = trim(text.substr(0, std::min(text.size(), looked_at)));
    // A message in small letters throughout is none that another could be under way in.
    if (!inside() && (line.starts_with("vzczc") || line == "nnnn")) line = shown = in_capitals(line);
    bool const passed = inside() && !line.starts_with('V') && !line.starts_with('N');
    auto frame = alphabet_ == Alphabet::text ? begun_by_preamble(line, begin) : std::nullopt;
    if (!frame && !passed) frame = begun_by_start(line, begin);
    if (opened_ && fl16::is(line)) ended_ = true;
    if (!line.empty()) after_pilot_ = identity_.calling_station.empty() && fl01::is_pilot_signal(line);
    scanned_ = searched_ = begin + raw->size();
    lines_ += raw->ends_with('\n') ? 1 : 0;
    if (frame) return frame;
    if (alphabet_ == Alphabet::text && inside()) pass_over();
  }
  if (finished_ && taken_ != buffer_.size()) return cut(buffer_.size(), lines_);
  return std::nullopt;
}

}  // namespace torntape::grammar
