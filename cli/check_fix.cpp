#include "cli/check_fix.hpp"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "cli/ordered.hpp"
#include "cli/output.hpp"
#include "cli/replacement.hpp"
#include "grammar/alphabets/coding.hpp"
#include "grammar/framing.hpp"
#include "validator/fixes/mender.hpp"
#include "validator/reports/diff.hpp"
#include "validator/reports/source_line.hpp"

namespace torntape::cli {
namespace {

using grammar::Safety;
using validator::fixes::Mended;

constexpr std::size_t share = 256 * 1024;  // bytes of messages that a thread takes at once

// Whole messages of one file.
struct Stretch {
  std::vector<std::string_view> messages;
  grammar::Settings settings;
};

class FixWorker {
 public:
  FixWorker(Plan const& plan, Safety at_most)
      : checker_(plan.rules, plan.directory), mender_(checker_, at_most) {}

  std::vector<Mended> work(Stretch const& stretch) {
    std::vector<Mended> mended;
    mended.reserve(stretch.messages.size());
    for (auto const message : stretch.messages) mended.push_back(mender_.mend(message, stretch.settings));
    return mended;
  }

 private:
  validator::Checker checker_;
  validator::fixes::Mender mender_;
};

using Threads = Ordered<Stretch, std::vector<Mended>>;

struct MendedFile {
  std::string text;
  std::size_t mends = 0, unsettled = 0;
};

MendedFile mended(std::string const& bytes, grammar::Settings const& settings, Plan const& plan,
                  Safety at_most, std::size_t jobs) {
  MendedFile file;
  std::vector<Threads::Work> workers;
  // Few messages are not worth a thread.
  for (std::size_t i = 0; i != (bytes.size() > share ? jobs : 1); ++i)
    workers.emplace_back(
        [own = std::make_shared<FixWorker>(plan, at_most)](Stretch& stretch) { return own->work(stretch); });
  Threads threads{std::move(workers), [&](std::vector<Mended>& some) {
                    for (auto const& each : some) {
                      file.text += each.text;
                      file.mends += each.mends;
                      file.unsettled += each.settled ? 0 : 1;
                    }
                    return true;
                  }};
  grammar::Framer framer{settings.alphabet};
  framer.feed(bytes);
  framer.finish();
  Stretch stretch{{}, settings};
  std::size_t held = 0;
  while (auto const frame = framer.next()) {
    // A view into what we were given, which outlives the framer's own.
    stretch.messages.push_back(std::string_view{bytes}.substr(frame->position.offset, frame->bytes.size()));
    if ((held += frame->bytes.size()) < share) continue;
    threads.give(std::exchange(stretch, {{}, settings}));
    held = 0;
  }
  threads.give(std::move(stretch));
  threads.finish();
  return file;
}

// For people: what a capture does not print, by its picture.
std::string shown(std::string const& tape, grammar::Coding coding) {
  return coding.alphabet == grammar::Alphabet::text ? tape : validator::reports::with_pictures(tape);
}

grammar::Coding coding_of(Input const& input, std::string const& octets) {
  auto coding = input.coding.value_or(grammar::recognise_coding(octets));
  coding.parity = grammar::ia5::parity_of(octets);
  return coding;
}

class Fixing {
 public:
  Fixing(Plan const& plan, FixOptions const& options, std::size_t jobs, FixCounts& counts)
      : plan_(plan), options_(options), jobs_(jobs), counts_(counts) {}

  void fix(Input& input) {
    auto const whole = read_whole(input);
    if (whole.failure) {
      if (options_.diff) fail(*whole.failure);  // otherwise the check that follows says so
      return;
    }
    auto const coding = coding_of(input, whole.bytes);
    bool const is_text = coding.alphabet == grammar::Alphabet::text;
    auto const decoded = is_text ? std::string{} : grammar::decoded(whole.bytes, coding);
    auto const& tape = is_text ? whole.bytes : decoded;
    auto settings = plan_.settings(input);
    settings.alphabet = coding.alphabet;
    auto file = mended(tape, settings, plan_, options_.unsafe ? Safety::unsafe : Safety::safe, jobs_);
    counts_.unsettled += file.unsettled;
    if (file.mends != 0) {
      counts_.mends += file.mends;
      ++counts_.files;
    }
    if (options_.diff) {
      output_.write(
          validator::reports::unified_diff(input.name, shown(tape, coding), shown(file.text, coding)));
      return;
    }
    if (!is_text && file.mends == 0) file.text = whole.bytes;
    if (!is_text && file.mends != 0 && !encode(input, coding, file.text)) return;
    if (input.path == "-") {
      output_.write(file.text);
      input.content = std::make_shared<std::string const>(std::move(file.text));
    } else if (file.mends != 0) {
      if (auto const failure = replace_file(input.path, file.text)) fail(*failure);
    }
  }

  bool finish() {
    if (auto const failure = output_.close()) fail(*failure);
    return good_;
  }

 private:
  void fail(std::string const& why) {
    if (!why.empty()) complain(why);
    good_ = false;
  }

  // Tape notation into the octets it came from. False where a mend holds what the alphabet has not.
  bool encode(Input const& input, grammar::Coding coding, std::string& text) {
    std::string octets;
    grammar::TapeEncoder encoder{coding};
    auto const left_out = encoder.encode(text, octets);
    if (!left_out.empty()) {
      fail(fmt::format("{}: not mended, {} has no `{}`", input.name, name(coding), text[left_out.front()]));
      return false;
    }
    encoder.finish(octets);
    text = std::move(octets);
    return true;
  }

  Plan const& plan_;
  FixOptions const& options_;
  std::size_t jobs_;
  FixCounts& counts_;
  Output output_;
  bool good_ = true;
};

}  // namespace

std::string FixCounts::in_words(FixOptions const& options) const {
  auto words = fmt::format("{} {} in {}", counted(mends, "mend"), options.diff ? "to be made" : "made",
                           counted(files, "file"));
  if (unsettled != 0)
    words += fmt::format("; the mends of {} undo each other, {} left as {}", counted(unsettled, "message"),
                         unsettled == 1 ? "it is" : "they are", unsettled == 1 ? "it was" : "they were");
  return words;
}

bool fix_files(std::vector<Input>& inputs, Plan const& plan, FixOptions const& options, std::size_t jobs,
               FixCounts& counts) {
  Fixing fixing{plan, options, jobs, counts};
  for (auto& input : inputs) fixing.fix(input);
  return fixing.finish();
}

}  // namespace torntape::cli
