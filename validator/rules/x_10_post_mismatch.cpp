#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/series.hpp"

namespace torntape::validator {

namespace {

std::string letters_of(View words) {
  std::string letters;
  for (char const c : words) {
    if (c >= 'A' && c <= 'Z') letters += c;
    if (c >= 'a' && c <= 'z') letters += static_cast<char>(c - 'a' + 'A');
  }
  return letters;
}

// STATE occurs in SECSTATE, and every post in the name of its mission. A caption may stand before the post
// ("AIDAC KARSTOVA"), so that its last words are enough.
bool occurs(View post, View originator) {
  if (originator.ends_with(post)) return true;
  auto const whole = letters_of(originator);
  while (!post.empty()) {
    auto const letters = letters_of(post);
    if (letters.empty() || whole.find(letters) != std::string::npos) return true;
    auto const blank = post.find(' ');
    post = blank == View::npos ? View{} : post.substr(blank + 1);
  }
  return false;
}

void check(Message const& m, Site const&, Findings& found) {
  auto const originator = m.originator.plain_language_address;
  auto const post = m.text.station;
  if (post.empty() || originator.empty() || occurs(post, originator) || is_of_a_party(post)) return;
  found.add(post, fmt::format("post {} of the reference line is not in the name of the originator", post))
      .note(originator, "originator");
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().text.station, random.pick("TARSIBAD", "MERIDIAN", "NUEVA CORONA"));
}

}  // namespace

Rule x_10() {
  return {.id = "X-10",
          .name = "post-mismatch",
          .severities = "W---W",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "The post of the reference line is the originator of FM.",
                   .why = "Where they differ the text of another station stands under this heading.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "C O N F I D E N T I A L SECTION 01 OF 02 OSTREVA 000512"}};
}

}  // namespace torntape::validator
