// file:///tmp/out/      one file a message, there as a whole or not at all: written aside, synced, renamed
// file:///tmp/out.txt   one stream
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "traffic/send/destinations.hpp"

namespace torntape::send {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(std::string const& path, int flags) : number_{::open(path.c_str(), flags | O_CLOEXEC, 0666)} {}
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

std::string why() { return std::strerror(errno); }

// What went wrong, in words.
std::string write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return why();
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

// What both have: messages written and not yet synced, which are confirmed together.
class Files : public Destination {
 public:
  [[nodiscard]] bool ready() override { return true; }
  [[nodiscard]] bool knows_repeats() const override { return true; }
  [[nodiscard]] std::string const& trouble() const override { return trouble_; }
  [[nodiscard]] std::uint64_t reconnections() const override { return 0; }

  void work(Time until, std::vector<Answer>& answers) override {
    if (written_.empty()) {
      std::this_thread::sleep_until(until);
      return;
    }
    trouble_ = sync();
    for (auto& answer : written_) {
      if (answer.result == Result::confirmed && !trouble_.empty())
        answer = {answer.number, Result::unknown, trouble_};
      answers.push_back(std::move(answer));
    }
    written_.clear();
  }

 protected:
  virtual std::string sync() = 0;
  void note(std::uint64_t number, std::string const& failure) {
    written_.push_back(failure.empty() ? Answer{number} : Answer{number, Result::not_taken, failure});
  }

 private:
  std::vector<Answer> written_;
  std::string trouble_;
};

class OneStream final : public Files {
 public:
  explicit OneStream(Descriptor file) : file_{std::move(file)} {}
  void hand_over(Outgoing const& message) override {
    auto text = message.text;
    if (!text.ends_with('\n')) text.append("\n");
    note(message.number, write_all(file_.number(), text));
  }
  // Half of a message may be there.
  [[nodiscard]] bool knows_repeats() const override { return false; }

 private:
  std::string sync() override { return ::fdatasync(file_.number()) == 0 ? std::string{} : why(); }
  Descriptor file_;
};

class FileEach final : public Files {
 public:
  FileEach(fs::path directory, Descriptor descriptor, std::uint64_t before)
      : directory_{std::move(directory)}, descriptor_{std::move(descriptor)}, before_{before} {}

  void hand_over(Outgoing const& message) override {
    auto const name = fmt::format("{:08}.txt", before_ + message.number);
    auto const aside = directory_ / fmt::format(".{}.part", name);
    note(message.number, write_file(aside, directory_ / name, message.text));
  }

 private:
  static std::string write_file(fs::path const& aside, fs::path const& path, std::string_view text) {
    Descriptor const file{aside.string(), O_WRONLY | O_CREAT | O_TRUNC};
    if (!file) return why();
    if (auto failure = write_all(file.number(), text); !failure.empty()) return failure;
    if (::fdatasync(file.number()) != 0 || ::rename(aside.c_str(), path.c_str()) != 0) return why();
    return {};
  }
  std::string sync() override { return ::fsync(descriptor_.number()) == 0 ? std::string{} : why(); }

  fs::path directory_;
  Descriptor descriptor_;
  std::uint64_t before_;
};

// The greatest number among the files there: what is sent again does not overwrite what was.
std::uint64_t last_number(fs::path const& directory) {
  std::uint64_t last = 0;
  std::error_code error;
  for (fs::directory_iterator at{directory, error}, end; !error && at != end; at.increment(error)) {
    auto const stem = at->path().stem().string();
    if (!stem.empty() && stem.size() < 19 && stem.find_first_not_of("0123456789") == std::string::npos)
      last = std::max<std::uint64_t>(last, std::stoull(stem));
  }
  return last;
}

Opened open_directory(fs::path const& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return fmt::format("{}: {}", path.string(), error.message());
  Descriptor descriptor{path.string(), O_RDONLY | O_DIRECTORY};
  if (!descriptor) return fmt::format("{}: {}", path.string(), why());
  return std::make_unique<FileEach>(path, std::move(descriptor), last_number(path));
}

}  // namespace

Opened open_files(Address const& address) {
  std::error_code ignored;
  if (address.path.ends_with('/') || fs::is_directory(address.path, ignored))
    return open_directory(address.path);
  auto const append = address.is_yes("append");
  Descriptor file{address.path, O_WRONLY | O_CREAT | (append ? O_APPEND : O_EXCL)};
  if (!file && errno == EEXIST)
    return fmt::format("{0} is there already; ?append=yes adds to it, {0}/ makes a directory of files",
                       address.path);
  if (!file) return fmt::format("{}: {}", address.path, why());
  return std::make_unique<OneStream>(std::move(file));
}

}  // namespace torntape::send
