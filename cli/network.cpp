#include "cli/network.hpp"

#include <fstream>
#include <iterator>

#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "directory/network_file.hpp"
#include "validator/reports/text.hpp"

namespace torntape::cli {
namespace {

std::string whole_file(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

void report(std::string const& path, directory::NetworkFile const& network, Context const& context) {
  auto const text = whole_file(path);
  auto const style =
      validator::reports::Style{.colour = use_colour(context.colour, stderr), .width = width(stderr) - 10};
  for (auto const& diagnostic : network.diagnostics) {
    auto const report = validator::reports::text({path, text, {}}, diagnostic, style);
    std::fwrite(report.data(), 1, report.size(), stderr);
  }
}

}  // namespace

std::shared_ptr<directory::Directory const> load_network(std::string const& path, Context const& context) {
  auto const network = directory::read_network_file(path);
  if (!network.directory || !context.quiet) report(path, network, context);
  if (!network.directory) complain(path + ": the network file has errors");
  return network.directory;
}

}  // namespace torntape::cli
