// What the tests of rules share.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "grammar/parser.hpp"
#include "validator/checker.hpp"
#include "validator/sample.hpp"

namespace torntape::validator::test {

using grammar::Diagnostic;
using grammar::Severity;

// A message with all that is found in it, together in one place.
struct Checked {
  explicit Checked(std::string text, grammar::Settings settings = {}, Options options = {},
                   std::shared_ptr<directory::Directory const> directory = sample_directory())
      : bytes(std::move(text)) {
    message = &parser.parse(bytes, settings);
    Checker checker{std::move(options), std::move(directory)};
    found = checker.check(*message);
  }
  Checked(Checked const&) = delete;
  Checked& operator=(Checked const&) = delete;

  // The ids of what is found, at `least` this severity, in order of place.
  [[nodiscard]] std::vector<std::string> ids(Severity least = Severity::info) const {
    std::vector<std::string> ids;
    for (auto const& each : found)
      if (each.severity >= least) ids.emplace_back(each.rule);
    return ids;
  }
  [[nodiscard]] Diagnostic const* of(std::string_view rule) const {
    for (auto const& each : found)
      if (each.rule == rule) return &each;
    return nullptr;
  }

  std::string bytes;
  grammar::Parser parser;
  grammar::Message const* message = nullptr;
  std::vector<Diagnostic> found;
};

// A fix carried out.
[[nodiscard]] inline std::string mended(std::string text, grammar::Fix const& fix) {
  for (auto edit = fix.edits.rbegin(); edit != fix.edits.rend(); ++edit)
    text.replace(edit->span.offset, edit->span.length, edit->replacement);
  return text;
}

}  // namespace torntape::validator::test
