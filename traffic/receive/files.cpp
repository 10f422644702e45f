// file:///tmp/out/: every file that is there or comes, once it does not begin with a dot (what is written
// aside and renamed comes whole). file:///tmp/out.txt: one stream, as it grows.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "grammar/circuit_framing.hpp"
#include "grammar/framing.hpp"
#include "traffic/receive/receiver.hpp"

namespace torntape::receive {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto glance = 50ms;
constexpr std::size_t block = std::size_t{1} << 20U;

class Watching : public Receiver {
 public:
  explicit Watching(std::string where) : where_{std::move(where)} {}
  void work(Time until, std::vector<Receipt>& receipts) override {
    for (;;) {
      look(receipts);
      auto const now = std::chrono::steady_clock::now();
      if (!receipts.empty() || now >= until) return;
      std::this_thread::sleep_until(std::min(until, now + glance));
    }
  }
  [[nodiscard]] std::string where() const override { return where_; }

 private:
  virtual void look(std::vector<Receipt>& receipts) = 0;
  std::string where_;
};

class Directory final : public Watching {
 public:
  Directory(std::string where, fs::path directory)
      : Watching{std::move(where)}, directory_{std::move(directory)} {}

 private:
  void look(std::vector<Receipt>& receipts) override {
    std::set<fs::path> fresh;  // in order of name
    std::error_code error;
    for (fs::directory_iterator at{directory_, error}, end; !error && at != end; at.increment(error)) {
      std::error_code ignored;
      auto const hidden = at->path().filename().string().starts_with('.');
      if (!hidden && at->is_regular_file(ignored) && !seen_.contains(at->path())) fresh.insert(at->path());
    }
    for (auto const& path : fresh) {
      std::ifstream file{path, std::ios::binary};
      std::string const bytes{std::istreambuf_iterator<char>{file}, {}};
      grammar::Framer framer;
      framer.feed(bytes);
      framer.finish();
      while (auto const frame = framer.next()) receipts.push_back({std::string{frame->bytes}});
      seen_.insert(path);
    }
  }

  fs::path directory_;
  std::set<fs::path> seen_;
};

class Stream final : public Watching {
 public:
  Stream(std::string where, std::string const& path)
      : Watching{std::move(where)}, file_{path, std::ios::binary} {}
  void finish(std::vector<Receipt>& receipts) override {
    framer_.flush();
    give(receipts);
  }

 private:
  void look(std::vector<Receipt>& receipts) override {
    std::string bytes(block, '\0');
    file_.clear();
    file_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    framer_.feed({bytes.data(), static_cast<std::size_t>(file_.gcount())});
    give(receipts);
  }
  void give(std::vector<Receipt>& receipts) {
    while (auto const frame = framer_.next()) receipts.push_back({std::string{frame->bytes} + '\n'});
  }

  std::ifstream file_;
  grammar::CircuitFramer framer_;
};

}  // namespace

Opened open_files(send::Address const& address) {
  std::error_code error;
  if (fs::is_directory(address.path, error)) return std::make_unique<Directory>(address.text, address.path);
  if (fs::is_regular_file(address.path, error)) return std::make_unique<Stream>(address.text, address.path);
  return fmt::format("{} is neither a file nor a directory", address.path);
}

}  // namespace torntape::receive
