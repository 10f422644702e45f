#include "traffic/receive/record.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <torntape/v1/sending.pb.h>
#include <unistd.h>

#include "wire/json.hpp"

namespace torntape::receive {
namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A pipe or a terminal has no disk behind it.
bool sync(int file) { return ::fdatasync(file) == 0 || errno == EINVAL || errno == EROFS; }

int open_to_append(std::string const& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

}  // namespace

Record::~Record() {
  for (auto const file : {lines_, stream_})
    if (file > STDERR_FILENO) ::close(file);
}

std::optional<std::string> Record::open_lines(std::string const& path) {
  name_ = path.empty() ? "standard output" : path;
  lines_ = path.empty() ? STDOUT_FILENO : open_to_append(path);
  if (lines_ < 0) return fmt::format("{}: {}", path, std::strerror(errno));
  return std::nullopt;
}

std::optional<std::string> Record::open_stream(std::string const& path) {
  name_ = path;
  stream_ = open_to_append(path);
  lines_ = stream_ < 0 ? -1 : open_to_append(path + ".jsonl");
  if (lines_ < 0) return fmt::format("{}: {}", path, std::strerror(errno));
  struct stat status{};
  if (::fstat(stream_, &status) == 0) offset_ = static_cast<std::uint64_t>(status.st_size);
  return std::nullopt;
}

std::optional<std::string> Record::keep(std::string const& source, std::vector<Receipt> const& receipts) {
  std::string lines, stream;
  for (auto const& receipt : receipts) {
    v1::ReceivedMessage message;
    message.set_number(++kept_);
    message.set_source(source);
    auto const since = receipt.at.time_since_epoch();
    auto const seconds = std::chrono::floor<std::chrono::seconds>(since);
    message.mutable_received_at()->set_seconds(seconds.count());
    message.mutable_received_at()->set_nanos(
        static_cast<std::int32_t>(std::chrono::nanoseconds{since - seconds}.count()));
    if (receipt.recipient) message.set_recipient(*receipt.recipient);
    if (stream_ < 0) {
      message.set_text(receipt.text);
    } else {
      message.set_offset(offset_ + stream.size());
      message.set_length(receipt.text.size());
      stream.append(receipt.text);
    }
    lines.append(wire::to_json(message)).append("\n");
  }
  // The stream before its index: what the index names is there.
  auto const good = (stream_ < 0 || (write_all(stream_, stream) && sync(stream_))) &&
                    write_all(lines_, lines) && sync(lines_);
  if (!good) return fmt::format("{}: {}", name_, std::strerror(errno));
  offset_ += stream.size();
  return std::nullopt;
}

}  // namespace torntape::receive
