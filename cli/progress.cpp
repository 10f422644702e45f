#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "cli/terminal.hpp"

namespace torntape::cli {
namespace {

constexpr std::chrono::milliseconds pause{100};
constexpr std::chrono::milliseconds patience{500};  // shorter work shows nothing
constexpr std::size_t bar_width = 30;

std::string bar(std::size_t bytes, std::size_t total) {
  if (total == 0) return {};
  auto const done = std::min(bar_width, bytes * bar_width / total);
  return fmt::format("[{}{}] {:3} %  ", std::string(done, '='), std::string(bar_width - done, ' '),
                     std::min<std::size_t>(100, bytes * 100 / total));
}

}  // namespace

Progress::Progress(Context const& context, bool report_on_terminal, std::size_t total,
                   std::string_view counted)
    : on_(!context.quiet && !report_on_terminal && is_terminal(stderr)),
      total_(total),
      counted_(counted),
      next_(Clock::now() + patience) {}

void Progress::at(std::size_t bytes, std::size_t count) {
  if (!on_ || Clock::now() < next_) return;
  next_ = Clock::now() + pause;
  auto const line = fmt::format("\r{}{} {}\x1b[K", bar(bytes, total_), count, counted_);
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

}  // namespace torntape::cli
