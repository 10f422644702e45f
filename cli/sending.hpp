// What `send` and `replay` have in common: where messages go, how fast, and the report.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "traffic/send/pace.hpp"
#include "traffic/send/source.hpp"

namespace torntape::cli {

enum class ReportFormat : unsigned char { text, json };

struct SendingOptions {
  std::vector<std::string> to;
  std::optional<std::string> rate;
  std::optional<std::uint64_t> count;
  std::optional<std::chrono::seconds> lasting;
  std::size_t window = 64;
  std::uint32_t attempts = 8;
  std::chrono::seconds give_up{30};
  bool repeat_unknown = false;
  std::string expect, record, fault, fault_label;
  ReportFormat format = ReportFormat::text;
};

// --to, --rate, --count, --for and so on. `options` outlives the command.
void add_sending_options(CLI::App& command, SendingOptions& options);

// The messages for one destination; called once for each.
using MakeSource = std::function<std::unique_ptr<send::Source>()>;

// Called once at the end: the most messages that one of the destinations was offered.
using TellOffered = std::function<void(std::uint64_t)>;

// Sends to all destinations, tells, and gives the exit code.
[[nodiscard]] int send_all(SendingOptions const& options, std::uint64_t seed, MakeSource const& make_source,
                           Context const& context, TellOffered const& offered = {});

}  // namespace torntape::cli
