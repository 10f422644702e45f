#include <memory>
#include <string_view>

#include <re2/re2.h>

#include "bench/grammar/engines.hpp"
#include "bench/grammar/patterns.hpp"

namespace torntape::bench {
namespace {

using Piece = re2::StringPiece;
using re2::RE2;

std::string_view view(Piece piece) { return {piece.data(), piece.size()}; }

struct Engine {
  RE2 const one{fl1}, two{fl2}, more{fl2_continued}, three{fl3}, four{fl4}, five{fl5}, six{fl6}, seven{fl7},
      twelve{fl12};
  Piece part[7];

  static Piece piece(std::string_view line) { return {line.data(), line.size()}; }
  bool match_fl1(std::string_view line) { return RE2::FullMatch(piece(line), one, &part[0], &part[1]); }
  bool match_fl2(std::string_view line, Extract& out) {
    if (!RE2::FullMatch(piece(line), two, &part[0], &part[1])) return false;
    out.indicators += part[1].size() - 1;
    return true;
  }
  bool match_fl2_continued(std::string_view line, Extract& out) {
    if (!RE2::FullMatch(piece(line), more, &part[0])) return false;
    out.indicators += part[0].size();
    return true;
  }
  bool match_fl3(std::string_view line) {
    return RE2::FullMatch(piece(line), three, &part[0], &part[1], &part[2], &part[3], &part[4]);
  }
  bool match_fl4(std::string_view line) {
    return RE2::FullMatch(piece(line), four, &part[0], &part[1], &part[2], &part[3]);
  }
  bool match_fl5(std::string_view line) {
    return RE2::FullMatch(piece(line), five, &part[0], &part[1], &part[2], &part[3], &part[4], &part[5],
                          &part[6]);
  }
  bool match_fl6(std::string_view line) { return RE2::FullMatch(piece(line), six, &part[0]); }
  bool match_fl7(std::string_view line, Extract& out) {
    if (!RE2::FullMatch(piece(line), seven, &part[0], &part[1], &part[2], &part[3], &part[4])) return false;
    ++out.addressees;
    out.name_characters += part[2].size();
    out.numbers += part[4].data() != nullptr && !part[4].empty() ? 1 : 0;
    return true;
  }
  bool match_fl12(std::string_view line, Extract& out) {
    if (!RE2::FullMatch(piece(line), twelve, &part[0], &part[1], &part[2], &part[3], &part[4], &part[5]))
      return false;
    out.reference_number = view(part[5]);
    return true;
  }
};

}  // namespace

bool extract_by_re2(std::string_view heading, Extract& out) {
  static Engine engine;
  return extract(engine, heading, out);
}

}  // namespace torntape::bench
