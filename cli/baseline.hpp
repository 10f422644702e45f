// The findings of an archive that is what it is: known by their fingerprints, and left out of later reports.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/diagnostic.hpp"

namespace torntape::cli {

class Baseline {
 public:
  // Replaces what it held; what went wrong, in words.
  [[nodiscard]] std::optional<std::string> read(std::string const& path);
  [[nodiscard]] std::optional<std::string> write(std::string const& path) const;

  void add(std::string fingerprint, std::string rule) {
    known_.try_emplace(std::move(fingerprint), std::move(rule));
  }
  [[nodiscard]] bool holds(std::string const& fingerprint) const { return known_.contains(fingerprint); }
  [[nodiscard]] std::size_t size() const { return known_.size(); }

 private:
  std::map<std::string, std::string> known_;  // fingerprint, rule
};

}  // namespace torntape::cli
