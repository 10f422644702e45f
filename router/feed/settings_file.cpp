#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "directory/fields.hpp"
#include "grammar/visible.hpp"
#include "router/feed/settings.hpp"
#include "router/service/guard.hpp"
#include "router/service/secret_file.hpp"
#include "traffic/send/address.hpp"
#include "traffic/send/quantity.hpp"

namespace torntape::feed {
namespace {

using directory::Fields;
using directory::Located;
using directory::Reading;

bool is_pattern(std::string_view text) { return text.find_first_of("*?") != std::string_view::npos; }

void read_queues(Reading& reading, Fields& fields, toml::table const& table, Settings& feed) {
  bool const one = table.contains("queue"), several = table.contains("queues");
  auto names = fields.texts("queues");
  if (auto queue = fields.text("queue"); queue.given()) names.push_back(std::move(queue));
  if (one && several) reading.wrong(fields.span(), "[[feed]] has both 'queue' and 'queues'");
  if (!one && !several) reading.missing(fields.span(), R"([[feed]] has no 'queue', such as "RUEHC")");
  auto const* const list = table.get_as<toml::array>("queues");
  if (list != nullptr && list->empty())
    reading.wrong(reading.span(*list), R"('queues' names none, expected names such as ["RUEHC", "RUEH*"])");
  for (auto const& name : names) {
    if (relay::is_circuit_queue(name.value))
      reading.wrong(name.span, fmt::format("'{}' leaves on its circuit, and feeds nothing", name.value));
    feed.queues.push_back(name.value);
  }
}

void read_kind(Reading& reading, Fields& fields, Settings& feed) {
  auto const kind = fields.text("kind");
  if (!kind.given()) return;
  feed.action = kind.value != "info";
  feed.info = kind.value != "action";
  if (feed.action && feed.info)
    reading.wrong(kind.span, fmt::format("'kind' is '{}', expected action or info; both where it is left out",
                                         kind.value));
}

// What a destination is called where nobody has given it a name: nothing that may be secret.
std::string called(send::Address const& address) {
  if (address.host.empty()) return fmt::format("{}://{}", address.scheme, address.path);
  return address.port == 0 ? fmt::format("{}://{}", address.scheme, address.host)
                           : fmt::format("{}://{}:{}", address.scheme, address.host, address.port);
}

// `secret`: others must not read the file.
void read_destination(Reading& reading, Fields& fields, Settings& feed, bool& secret) {
  auto const to = fields.required_text("to");
  auto const name = fields.text("name");
  feed.name = name.value;
  if (auto const seen = grammar::visible(feed.name); seen != feed.name)
    reading.wrong(
        name.span,
        fmt::format("'name' is '{}', expected no control characters: it stands in the metrics", seen));
  if (!to.given()) return;
  auto const address = send::read_address(to.value);
  if (auto const* const why = std::get_if<std::string>(&address)) {
    reading.wrong(to.span, *why);
    return;
  }
  auto const& found = std::get<send::Address>(address);
  feed.to = to.value;
  if (feed.name.empty()) feed.name = called(found);
  secret = secret || !found.password.empty();
  feed.mark = found.scheme != "torntape";  // it knows the same bytes again, and would not know others
}

void read_dead_letter(Reading& reading, Fields& fields, Settings& feed) {
  auto const name = fields.text("dead_letter");
  if (!name.given()) return;
  feed.dead_letter = name.value;
  if (!relay::is_set_aside_queue(name.value))
    reading.wrong(name.span,
                  fmt::format("'dead_letter' is '{}', expected a name of small letters, digits and "
                              "hyphens, which no station has",
                              name.value));
}

std::chrono::nanoseconds read_pause(Reading& reading, Fields& fields, std::string_view key,
                                    std::chrono::nanoseconds otherwise) {
  auto const given = fields.text(key);
  if (!given.given()) return otherwise;
  auto const time = send::read_time(given.value);
  if (time && *time >= std::chrono::milliseconds{1} && *time <= longest_pause_allowed) return *time;
  reading.wrong(given.span, fmt::format("'{}' is '{}', expected a time such as 500ms or 5s, 30m at most", key,
                                        given.value));
  return otherwise;
}

void read_pauses(Reading& reading, Fields& fields, Settings& feed) {
  feed.first_pause = read_pause(reading, fields, "first_pause", feed.first_pause);
  feed.longest_pause = read_pause(reading, fields, "longest_pause", feed.longest_pause);
  if (feed.longest_pause < feed.first_pause)
    reading.wrong(fields.span(), "'longest_pause', 1m unless given, is shorter than 'first_pause'");
}

Settings read_feed(Reading& reading, toml::table const& table, bool& secret) {
  Fields fields{reading, table, "[[feed]]"};
  Settings feed;
  read_queues(reading, fields, table, feed);
  read_kind(reading, fields, feed);
  read_destination(reading, fields, feed, secret);
  read_dead_letter(reading, fields, feed);
  feed.attempts = static_cast<std::uint32_t>(fields.whole("attempts", feed.attempts, 1, most_attempts));
  feed.window = static_cast<std::size_t>(
      fields.whole("window", static_cast<std::int64_t>(feed.window), 1, largest_window));
  read_pauses(reading, fields, feed);
  if (std::ranges::find(feed.queues, feed.dead_letter) != feed.queues.end())
    reading.wrong(fields.span(),
                  fmt::format("its dead letters would come back to it: 'dead_letter' is '{}', and so is "
                              "'queue'; name another",
                              feed.dead_letter));
  fields.refuse_others();
  return feed;
}

std::string in_words(directory::Diagnostic const& found, std::filesystem::path const& path) {
  return fmt::format("{}:{}:{}: {}{}", path.string(), std::max<std::size_t>(found.span.line, 1),
                     std::max<std::size_t>(found.span.column, 1), found.message,
                     found.help ? fmt::format("; {}", *found.help) : "");
}

// Nothing where it has more than is read of such a file.
std::optional<std::string> text_of(std::istream& in) {
  std::string text(largest_settings_file + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > largest_settings_file) return std::nullopt;
  return text;
}

struct Found {
  File file;
  bool secret = false;
};

Found read_text(std::string_view text, std::filesystem::path const& path) {
  Found found;
  Reading reading{directory::Places{text}};
  if (auto const table = directory::parse(text, reading)) {
    Fields fields{reading, *table, "the settings of serve"};
    std::set<std::string> names;
    for (auto const* const one : fields.tables("feed")) {
      auto feed = read_feed(reading, *one, found.secret);
      if (!names.insert(feed.name).second && !feed.name.empty())
        reading.wrong(reading.span(*one),
                      fmt::format("a second [[feed]] is '{}': give each a 'name' of its own", feed.name));
      found.file.feeds.push_back(std::move(feed));
    }
    if (found.file.feeds.size() > most_feeds)
      reading.wrong(fields.span(), fmt::format("there are {} [[feed]], expected at most {}",
                                               found.file.feeds.size(), most_feeds));
    fields.refuse_others();
  }
  for (auto const& each : reading.found) found.file.errors.push_back(in_words(each, path));
  if (!found.file.errors.empty()) found.file.feeds.clear();
  return found;
}

}  // namespace

bool takes_from(Settings const& settings, std::string_view queue) {
  bool const of_station =
      !relay::is_circuit_queue(queue) && queue != relay::intercept_queue && !relay::is_set_aside_queue(queue);
  return std::ranges::any_of(settings.queues, [&](std::string const& wanted) {
    return wanted == queue || (of_station && is_pattern(wanted) && service::fits_pattern(wanted, queue));
  });
}

std::vector<std::string> fed_by_nothing(std::vector<Settings> const& feeds,
                                        directory::Directory const& directory) {
  std::vector<std::string> found;
  auto const filled = [&feeds](std::string const& queue) {
    return std::ranges::find(feeds, queue, &Settings::dead_letter) != feeds.end();
  };
  for (auto const& feed : feeds)
    for (auto const& queue : feed.queues) {
      if (is_pattern(queue) || queue == relay::intercept_queue) continue;
      if (relay::is_set_aside_queue(queue)) {
        if (!filled(queue))
          found.push_back(fmt::format("{}: no feed puts dead letters into '{}'", feed.name, queue));
      } else if (auto const* const named = directory.station_named(queue);
                 directory.station(queue) == nullptr)
        found.push_back(named == nullptr
                            ? fmt::format("{}: no station of the network is '{}'", feed.name, queue)
                            : fmt::format("{}: no queue is called '{}', which is the name of {}", feed.name,
                                          queue, named->indicator));
    }
  return found;
}

File read_feeds(std::string_view text, std::filesystem::path const& path) {
  return read_text(text, path).file;
}

File read_feeds_file(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in || std::filesystem::is_directory(path))
    return {
        {},
        {fmt::format("{}: {}", path.string(),
                     in ? "this is a directory, expected a file" : std::generic_category().message(errno))}};
  auto const text = text_of(in);
  if (!text)
    return {{},
            {fmt::format("{}: the file has more than {} MiB, the most that a settings file may have",
                         path.string(), largest_settings_file >> 20U)}};
  auto found = read_text(*text, path);
  auto why = found.secret ? service::readable_by_others(path) : std::string{};
  if (!why.empty()) return {{}, {std::move(why)}};
  return std::move(found.file);
}

}  // namespace torntape::feed
