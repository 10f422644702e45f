#include "grammar/alphabets/transmission.hpp"

#include "grammar/alphabets/tape.hpp"
#include "grammar/characters.hpp"
#include "grammar/parser.hpp"
#include "grammar/printing.hpp"

namespace torntape::grammar {
namespace {

constexpr std::size_t letters_after_end = 12, feeds_before_end = 8, feeds_before_page = 4;

// Puts functions into a text, in order of place.
class Tape {
 public:
  Tape(View text, Alphabet alphabet) : text_(text), alphabet_(alphabet) {}

  // Up to the view; what it has is left out.
  void write_until(View part) {
    auto const at = static_cast<std::size_t>(part.data() - text_.data());
    out_.append(text_.substr(done_, at - done_));
    done_ = at + part.size();
  }
  void bell() {
    if (alphabet_ == Alphabet::ia5) {
      out_.append(5, tape::bell);
      return;
    }
    bool const us = alphabet_ == Alphabet::ita2_us;
    out_ += tape::figs;
    out_.append(5, us ? '\'' : tape::bell);
    out_.append(5, us ? tape::bell : tape::unprinted('S'));
    out_ += tape::ltrs;
  }
  void letters() {
    if (is_ita2(alphabet_)) out_ += tape::ltrs;
  }
  // In place of the line end before it.
  void feed_before(View line, std::size_t feeds) {
    write_until(line.substr(0, 0));
    out_.erase(out_.find_last_not_of("\r\n") + 1);
    out_.append(2, '\r').append(feeds, '\n');
  }
  // No line end follows.
  void end(View nnnn) {
    feed_before(nnnn, feeds_before_end);
    out_.append(nnnn);
    out_.append(letters_after_end, is_ita2(alphabet_) ? tape::ltrs : tape::deleted);
    done_ += nnnn.size();
    while (done_ != text_.size() && (text_[done_] == '\r' || text_[done_] == '\n')) ++done_;
  }
  std::string finish() && {
    out_.append(text_.substr(done_));
    return std::move(out_);
  }

 private:
  View text_;
  Alphabet alphabet_;
  std::size_t done_ = 0;
  std::string out_;
};

}  // namespace

std::string transmission(Message const& message, Alphabet alphabet) {
  auto const text = print(message, LineEnds::wire);
  Settings settings;
  settings.profile = message.profile;
  Parser parser;
  auto const& m = parser.parse(text, settings);
  Tape tape{text, alphabet};
  auto const& routing = m.routing_line;
  if (routing.precedence == "ZZ" && (m.profile == Profile::acp127 || present(routing.bell))) {
    tape.write_until(present(routing.bell) ? routing.bell : routing.precedence.substr(0, 0));
    tape.bell();
  }
  auto const filed = m.origin.filing_time;
  if (present(m.origin.day_of_year) && present(m.origin.de)) {
    tape.write_until(filed.substr(filed.size()));
    tape.letters();
  }
  for (auto const& mark : m.page_marks) tape.feed_before(mark.text, feeds_before_page);
  if (present(m.end.nnnn)) tape.end(m.end.nnnn);
  return std::move(tape).finish();
}

}  // namespace torntape::grammar
