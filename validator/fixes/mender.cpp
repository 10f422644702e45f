#include "validator/fixes/mender.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "grammar/alphabets/capture.hpp"
#include "grammar/framing.hpp"

namespace torntape::validator::fixes {

namespace {

using grammar::Edit;

constexpr std::size_t most_rounds = 40;  // each cures at least one finding; a heading has few that overlap

bool touch(Edit const& a, Edit const& b) {
  auto const a_end = a.span.offset + a.span.length;
  auto const b_end = b.span.offset + b.span.length;
  // At the edge of another edit an insertion has no order of its own.
  if (a.span.length == 0 || b.span.length == 0) return a.span.offset <= b_end && b.span.offset <= a_end;
  return a.span.offset < b_end && b.span.offset < a_end;
}

class Accepted {
 public:
  bool take(grammar::Fix const& fix) {
    for (auto const& edit : fix.edits)
      if (std::ranges::any_of(edits_, [&](Edit const* other) { return touch(edit, *other); })) return false;
    for (auto const& edit : fix.edits) edits_.push_back(&edit);
    return true;
  }

  [[nodiscard]] std::string applied(Message const& message) {
    std::ranges::sort(edits_, {}, [](Edit const* edit) { return edit->span.offset; });
    auto const received = grammar::as_received(message);
    std::string text;
    std::size_t done = 0;
    for (auto const* const edit : edits_) {
      auto const begin = edit->span.offset - message.position.offset;
      text.append(received.substr(done, begin - done)).append(edit->replacement);
      done = begin + edit->span.length;
    }
    return text.append(received.substr(done));
  }

 private:
  std::vector<Edit const*> edits_;
};

bool changes_anything(Message const& message, grammar::Fix const& fix) {
  auto const received = grammar::as_received(message);
  return std::ranges::any_of(fix.edits, [&](Edit const& edit) {
    return received.substr(edit.span.offset - message.position.offset, edit.span.length) != edit.replacement;
  });
}

}  // namespace

Round one_round(Message const& message, std::vector<grammar::Diagnostic> const& found, Safety at_most) {
  Accepted accepted;
  std::size_t mends = 0;
  for (auto const& finding : found) {
    if (!finding.fix || finding.fix->safety == Safety::none || finding.fix->safety > at_most) continue;
    if (changes_anything(message, *finding.fix) && accepted.take(*finding.fix)) ++mends;
  }
  return {accepted.applied(message), mends};
}

Round Mender::round(View bytes, grammar::Settings const& settings) {
  Round whole;
  grammar::Framer framer{settings.alphabet};
  framer.feed(bytes);
  framer.finish();
  while (auto const frame = framer.next()) {
    auto const& message = parser_.parse(frame->bytes, settings);
    auto part = one_round(message, checker_->check(message), at_most_);
    whole.text += part.text;
    whole.mends += part.mends;
  }
  return whole;
}

Mended Mender::mend(View bytes, grammar::Settings const& settings) {
  std::vector<std::string> before;
  Mended mended{std::string{bytes}, 0, true};
  while (before.size() != most_rounds) {
    auto next = round(mended.text, settings);
    if (next.mends == 0) return mended;
    before.push_back(std::exchange(mended.text, std::move(next.text)));
    if (std::ranges::find(before, mended.text) != before.end()) break;
    mended.mends += next.mends;
  }
  return {std::string{bytes}, 0, false};
}

}  // namespace torntape::validator::fixes
