#include "cli/input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <unistd.h>

#include "cli/terminal.hpp"
#include "grammar/alphabets/capture.hpp"

namespace torntape::cli {
namespace {

namespace fs = std::filesystem;

std::string why(int error) { return std::strerror(error); }

struct Close {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, Close>;

void list(fs::path const& directory, Inputs& inputs) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator at{directory, error}, end; !error && at != end; at.increment(error))
    if (at->path().filename().string().starts_with('.'))
      ++inputs.hidden;
    else
      entries.push_back(*at);
  if (error) {
    inputs.failures.push_back(directory.string() + ": " + error.message());
    return;
  }
  std::sort(entries.begin(), entries.end());
  for (auto const& entry : entries) {
    std::error_code ignored;
    // A link to a directory is not followed: it may lead back to where we are.
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored))
      list(entry.path(), inputs);
    else if (entry.is_regular_file(ignored))
      inputs.files.push_back({entry.path().string(), entry.path().string()});
    else if (entry.is_symlink(ignored) && !fs::exists(entry.path(), ignored))
      inputs.failures.push_back(entry.path().string() + ": a link that leads nowhere");
  }
}

void list_top(std::string const& directory, Inputs& inputs) {
  auto const before = inputs.files.size() + inputs.failures.size();
  list(directory, inputs);
  if (inputs.files.size() + inputs.failures.size() == before)
    inputs.failures.push_back(directory + ": no file in this directory");
}

class Messages {
 public:
  Messages(std::optional<grammar::Coding> coding, std::function<bool(grammar::Frame const&)> const& take)
      : take_(take) {
    if (coding) begin(*coding);
  }

  // False: no more are wanted.
  bool feed(std::string_view octets) {
    if (!decoder_) begin(grammar::recognise_coding(octets));
    if (is_text_) return frame(octets);
    tape_.clear();
    decoder_->decode(octets, tape_);
    return frame(tape_);
  }
  void finish() {
    tape_.clear();
    if (decoder_) decoder_->finish(tape_);
    if (!frame(tape_)) return;
    framer_.finish();
    if (drain() && !any_) take_({std::string_view{""}, {}});
  }

 private:
  void begin(grammar::Coding coding) {
    is_text_ = coding.alphabet == grammar::Alphabet::text;
    decoder_.emplace(coding);
    framer_ = grammar::Framer{coding.alphabet};
  }

  bool frame(std::string_view bytes) {
    framer_.feed(bytes);
    return drain();
  }

  bool drain() {
    while (auto const frame = framer_.next()) {
      any_ = true;
      if (!take_(*frame)) return false;
    }
    return true;
  }

  std::function<bool(grammar::Frame const&)> const& take_;
  std::optional<grammar::TapeDecoder> decoder_;  // from the first octets on
  bool is_text_ = true;
  std::string tape_;
  grammar::Framer framer_;
  bool any_ = false;
};

constexpr std::size_t block = 256 * 1024;

}  // namespace

Inputs find_inputs(std::vector<std::string> const& arguments, std::string const& standard_input) {
  Inputs inputs;
  for (auto const& argument : arguments) {
    std::error_code error;
    if (argument == "-")
      inputs.files.push_back({argument, standard_input});
    else if (fs::is_directory(argument, error))
      list_top(argument, inputs);
    else
      inputs.files.push_back({argument, argument});
  }
  return inputs;
}

Inputs find_inputs(std::vector<std::string> const& arguments, std::optional<grammar::Coding> const& coding) {
  auto inputs = find_inputs(arguments);
  for (auto& input : inputs.files) input.coding = coding;
  return inputs;
}

std::string passed_over(std::size_t hidden) {
  auto const one = hidden == 1;
  return std::to_string(hidden) + (one ? " hidden file or directory" : " hidden files or directories") +
         " passed over: " + (one ? "its name begins" : "their names begin") + " with a dot";
}

std::optional<std::string> read_messages(Input const& input,
                                         std::function<bool(grammar::Frame const&)> const& take) {
  Messages messages{input.coding, take};
  if (input.content) {
    if (messages.feed(*input.content)) messages.finish();
    return {};
  }
  File const file{input.path == "-" ? stdin : std::fopen(input.path.c_str(), "rb")};
  if (!file) return input.name + ": " + why(errno);
  auto const buffer = std::make_unique<char[]>(block);
  // What a pipe has is taken as it comes: its writer may have no more for a while.
  for (;;) {
    auto const length = ::read(::fileno(file.get()), buffer.get(), block);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) return input.name + ": " + why(errno);
    if (length == 0) break;
    if (!messages.feed({buffer.get(), static_cast<std::size_t>(length)})) return {};
  }
  messages.finish();
  return {};
}

grammar::Settings settings_for(grammar::Frame const& frame, grammar::Settings settings) {
  settings.alphabet = frame.alphabet;
  return settings;
}

std::string text_of(grammar::Frame const& frame) {
  if (frame.alphabet == grammar::Alphabet::text) return std::string{frame.bytes};
  return std::string{grammar::Capture{frame.bytes, frame.alphabet}.text()};
}

Whole read_whole(Input const& input) {
  Whole whole;
  File const file{input.path == "-" ? stdin : std::fopen(input.path.c_str(), "rb")};
  if (!file) return {{}, input.name + ": " + why(errno)};
  auto const buffer = std::make_unique<char[]>(block);
  std::size_t length = 0;
  while ((length = std::fread(buffer.get(), 1, block, file.get())) != 0)
    whole.bytes.append(buffer.get(), length);
  if (std::ferror(file.get()) != 0) whole.failure = input.name + ": " + why(errno);
  return whole;
}

std::vector<std::string> or_standard_input(std::vector<std::string> arguments) {
  if (arguments.empty() && !is_terminal(stdin)) arguments.emplace_back("-");
  return arguments;
}

}  // namespace torntape::cli
