#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "router/service/guard.hpp"

namespace torntape::cli {
namespace {

struct Options {
  std::string name;
  std::vector<std::string> may, queues;
  std::string file;
};

// 256 random bits, so that it needs no slow digest, under a word by which a leaked one is found.
std::optional<std::string> new_token() {
  std::array<unsigned char, 32> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return std::nullopt;
  std::array<unsigned char, 48> base64{};
  auto const size = EVP_EncodeBlock(base64.data(), random.data(), static_cast<int>(random.size()));
  std::string token{"torntape_"};
  for (int i = 0; i != size; ++i) {
    auto const c = static_cast<char>(base64.at(static_cast<std::size_t>(i)));
    if (c != '=') token.push_back(c == '+' ? '-' : c == '/' ? '_' : c);
  }
  return token;
}

// Into a file that was not there and that its owner alone can read. What went wrong, in words.
std::optional<std::string> write_secret(std::string const& path, std::string const& token) {
  auto const descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return fmt::format("{}: {}", path, std::generic_category().message(errno));
  auto const line = token + '\n';
  auto const written = ::write(descriptor, line.data(), line.size());
  bool const good = written == static_cast<ssize_t>(line.size()) && ::fsync(descriptor) == 0;
  auto const why = errno;
  ::close(descriptor);
  if (good) return std::nullopt;
  return fmt::format("{}: {}", path, std::generic_category().message(why));
}

std::string in_quotes(std::string_view text) {
  std::string out{"\""};
  for (char const c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

std::string list(std::vector<std::string> const& texts) {
  std::vector<std::string> all;
  for (auto const& text : texts) all.push_back(in_quotes(text));
  return fmt::format("[{}]", fmt::join(all, ", "));
}

std::string entry(Options const& options, std::string const& token) {
  auto text = fmt::format("[[client]]\nname = {}\ntoken = \"{}\"\nmay = {}\n", in_quotes(options.name),
                          service::to_string(service::digest_of(token)), list(options.may));
  if (!options.queues.empty()) text.append(fmt::format("queues = {}\n", list(options.queues)));
  return text;
}

int make(Options const& options) {
  bool const files_only = options.may == std::vector<std::string>{"file"};
  if (!files_only && options.queues.empty())
    return complain("--queue says which queues: a name, a pattern such as 'RUEH*', or '*' for all"), failed;
  auto const token = new_token();
  if (!token) return complain("no random numbers are to be had"), failed;
  if (options.file.empty())
    remark("the token, told this once: " + *token);
  else if (auto const why = write_secret(options.file, *token))
    return complain(*why), failed;
  fmt::print("{}", entry(options, *token));
  return ok;
}

}  // namespace

void add_token(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "token",
      "Makes a token for a client of a switch.\n\nPrints the client's entry for the guard file, which "
      "holds a digest of the token alone, and tells the token itself on standard error or writes it to a "
      "file. The "
      "switch takes it in with 'serve --guard FILE', a running one at SIGHUP.");
  auto const options = std::make_shared<Options>();
  command->add_option("NAME", options->name, "what logs and refusals call the client")->required();
  command
      ->add_option("--may", options->may,
                   "what it may do: file, look, collect, operate; several with commas between them")
      ->option_text("VERB,...")
      ->delimiter(',')
      ->required()
      ->check(CLI::IsMember({"file", "look", "collect", "operate"}));
  command
      ->add_option("--queue", options->queues,
                   "a queue that it may look at, collect from or operate, or a pattern: * is anything, ? one "
                   "character; may be given again")
      ->option_text("QUEUE")
      ->allow_extra_args(false);
  command
      ->add_option("--to", options->file, "write the token to this new file, which its owner alone can read")
      ->option_text("FILE");
  command->footer(footer(
      {{"torntape token reader --may collect --queue RUEHC --to r.token >> guard.toml", "one queue's reader"},
       {"torntape collect RUEHC --token-file r.token", "and its use"},
       {"torntape token me --may operate,look --queue '*' --to me.token >> guard.toml", "an operator"}},
      {{ok, "made"}, {failed, "the file is there already, or cannot be written"}}));
  command->callback([options, &context] { context.exit_code = make(*options); });
}

}  // namespace torntape::cli
