#include <chrono>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "bench/router/engines.hpp"
#include "bench/router/traffic.hpp"

namespace torntape::bench::router {

double bare_log(Load const& load) {
  auto const path = load.where + "/bare.log";
  int const file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_APPEND, 0600);
  auto const check = [](bool good) {
    if (!good) throw std::system_error(errno, std::generic_category(), "bare log");
  };
  check(file >= 0);
  Traffic const traffic{load.precedence};
  std::string group;
  auto const began = std::chrono::steady_clock::now();
  for (std::size_t n = 0; n != load.messages;) {
    group.clear();
    for (std::size_t i = 0; i != load.window && n != load.messages; ++i, ++n) {
      group += traffic.message(load.first + n);
      group.append(20 * addressees, '\0');  // what says to whom: as long as our envelopes
    }
    check(::write(file, group.data(), group.size()) == static_cast<ssize_t>(group.size()));
    check(::fdatasync(file) == 0);
  }
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
  ::close(file);
  ::unlink(path.c_str());
  return took.count();
}

}  // namespace torntape::bench::router
