#include "cli/network.hpp"

#include <algorithm>
#include <fstream>

#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "directory/network_file.hpp"
#include "validator/reports/text.hpp"

namespace torntape::cli {
namespace {

// What the diagnostics are drawn upon: as much as a network file may hold.
std::string text_of(std::string const& path) {
  std::string text(directory::largest_network_file, '\0');
  std::ifstream file{path, std::ios::binary};
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return text;
}

// It lies in no place of the file: there is nothing to draw.
bool is_of_the_file_itself(grammar::Diagnostic const& found) { return found.rule == "NET-00"; }

void report(std::string const& path, directory::NetworkFile const& network, Context const& context) {
  if (network.diagnostics.empty()) return;
  if (is_of_the_file_itself(network.diagnostics.front()))
    return complain(path + ": " + network.diagnostics.front().message + " (NET-00)");
  auto const text = text_of(path);
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
  if (!network.directory && !is_of_the_file_itself(network.diagnostics.front()))
    complain(path + ": the network file has errors");
  return network.directory;
}

}  // namespace torntape::cli
