#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "directory/network_file.hpp"
#include "router/feed/settings.hpp"

namespace torntape::feed {
namespace {

std::string feed_with(std::string_view more) {
  return std::string("[[feed]]\nqueue = \"RUEHC\"\nto = \"https://archive.example:8443/in?as=json\"\n")
      .append(more);
}

}  // namespace

TEST_CASE("A feed is read with all it may say") {
  auto const file = read_feeds(
      "[[feed]]\nname = \"archive\"\nqueues = [\"RUEHC\", \"RUEH*\"]\nkind = \"action\"\nto = "
      "\"nats://127.0.0.1:4222/in\"\ndead_letter = \"dead-archive\"\nattempts = 3\nwindow = 4\nfirst_pause = "
      "\"500ms\"\nlongest_pause = \"2m\"\n",
      "feeds.toml");
  CHECK(file.errors.empty());
  REQUIRE(file.feeds.size() == 1);
  auto const& feed = file.feeds[0];
  CHECK(feed.name == "archive");
  CHECK(feed.queues == std::vector<std::string>{"RUEHC", "RUEH*"});
  CHECK((feed.action && !feed.info));
  CHECK(feed.to == "nats://127.0.0.1:4222/in");
  CHECK(feed.dead_letter == "dead-archive");
  CHECK(feed.attempts == 3);
  CHECK(feed.window == 4);
  CHECK(feed.first_pause == std::chrono::milliseconds{500});
  CHECK(feed.longest_pause == std::chrono::minutes{2});
  CHECK(feed.mark);
}

TEST_CASE("A feed without a name bears that of its host, and no secret") {
  auto const file = read_feeds(feed_with(""), "feeds.toml");
  REQUIRE(file.feeds.size() == 1);
  CHECK(file.feeds[0].name == "https://archive.example:8443");
  CHECK(file.feeds[0].dead_letter == "dead-letter");
  auto const secret =
      read_feeds("[[feed]]\nqueue = \"RUEHC\"\nto = \"amqp://me:secret@broker/?queue=in\"\n", "f");
  REQUIRE(secret.feeds.size() == 1);
  CHECK(secret.feeds[0].name == "amqp://broker");
}

TEST_CASE("Another switch is sent the same bytes, unmarked") {
  auto const file = read_feeds("[[feed]]\nqueue = \"RUEHC\"\nto = \"torntape://127.0.0.1:12701\"\n", "f");
  REQUIRE(file.feeds.size() == 1);
  CHECK_FALSE(file.feeds[0].mark);
}

TEST_CASE("What is wrong with a feed is told with its place") {
  struct Wrong {
    std::string text, error;
  };
  std::vector<Wrong> const all{
      {"[[feed", "f.toml:1:"},
      {"[[feeds]]\nqueue = \"A\"\n",
       "f.toml:1:3: unknown key 'feeds' in the settings of serve; did you mean 'feed'?"},
      {"[[feed]]\nto = \"tcp://h:1\"\n", "f.toml:1:1: [[feed]] has no 'queue', such as \"RUEHC\""},
      {"[[feed]]\nqueue = \"RUEHC\"\n", "f.toml:1:1: [[feed]] has no 'to'"},
      {feed_with("queues = [\"RUEHBI\"]\n"), "f.toml:1:1: [[feed]] has both 'queue' and 'queues'"},
      {feed_with("kind = \"actions\"\n"), "f.toml:4:8: 'kind' is 'actions', expected action or info"},
      {feed_with("dead_letter = \"RUEHBI\"\n"),
       "f.toml:4:15: 'dead_letter' is 'RUEHBI', expected a name of small"},
      {feed_with("attempts = 0\n"), "f.toml:4:12: 'attempts' is 0, expected 1 to 1000"},
      {feed_with("window = 500\n"), "f.toml:4:10: 'window' is 500, expected 1 to 200"},
      {feed_with("first_pause = \"soon\"\n"),
       "f.toml:4:15: 'first_pause' is 'soon', expected a time such as"},
      {feed_with("first_pause = \"10s\"\nlongest_pause = \"5s\"\n"),
       "'longest_pause', 1m unless given, is shorter than 'first_pause'"},
      {feed_with("first_pause = \"2m\"\n"),
       "'longest_pause', 1m unless given, is shorter than 'first_pause'"},
      {"[[feed]]\nqueues = []\nto = \"tcp://h:1\"\n", "f.toml:2:10: 'queues' names none"},
      {feed_with("name = \"web\\n\\u001b[31m\"\n"), "f.toml:4:8: 'name' is 'web\\x0a\\x1b[31m'"},
      {feed_with("retries = 5\n"), "f.toml:4:1: unknown key 'retries' in [[feed]]"},
      {feed_with("") + feed_with(""), "f.toml:4:1: a second [[feed]] is 'https://archive.example:8443'"},
      {"[[feed]]\nqueue = \"circuit AB\"\nto = \"tcp://h:1\"\n",
       "f.toml:2:9: 'circuit AB' leaves on its circuit"},
      {"[[feed]]\nqueue = \"dead-letter\"\nto = \"tcp://h:1\"\n", "its dead letters would come back to it"},
      {"[[feed]]\nqueue = \"A\"\nto = \"here\"\n", "f.toml:3:6: 'here' is no address"},
  };
  for (auto const& [text, error] : all) {
    auto const file = read_feeds(text, "f.toml");
    INFO(text);
    REQUIRE_FALSE(file.errors.empty());
    CHECK(file.feeds.empty());
    auto const told = [&error](std::string const& line) { return line.find(error) != std::string::npos; };
    CAPTURE(file.errors.front(), error);
    CHECK(std::any_of(file.errors.begin(), file.errors.end(), told));
  }
}

TEST_CASE("A pattern takes from queues of stations only") {
  Settings feed;
  feed.queues = {"*"};
  CHECK(takes_from(feed, "RUEHC"));
  CHECK(takes_from(feed, "AMEMBASSY ASTANA"));
  CHECK_FALSE(takes_from(feed, "intercept"));
  CHECK_FALSE(takes_from(feed, "dead-letter"));
  CHECK_FALSE(takes_from(feed, "circuit AB"));
  feed.queues = {"intercept", "dead-web"};
  CHECK(takes_from(feed, "intercept"));
  CHECK(takes_from(feed, "dead-web"));
  CHECK_FALSE(takes_from(feed, "RUEHC"));
}

TEST_CASE("A queue that no message gets to is told") {
  auto const network = directory::read_network(
      "[network]\nname = \"N\"\n[[relay]]\nindicator = \"RTAA\"\nname = \"RELAY "
      "ALFA\"\n[[station]]\nindicator = \"RUEHC\"\nname = "
      "\"SECSTATE WASHDC\"\nrelay = \"RTAA\"\n");
  REQUIRE(network.directory);
  Settings good, bad;
  good.name = "good";
  good.queues = {"RUEHC", "NO*", "intercept", "dead-bad"};
  bad.name = "bad";
  bad.dead_letter = "dead-bad";
  bad.queues = {"NOSUCH", "SECSTATE WASHDC", "dead-nonesuch"};
  CHECK(fed_by_nothing({good, bad}, *network.directory) ==
        std::vector<std::string>{"bad: no station of the network is 'NOSUCH'",
                                 "bad: no queue is called 'SECSTATE WASHDC', which is the name of RUEHC",
                                 "bad: no feed puts dead letters into 'dead-nonesuch'"});
}

TEST_CASE("A file without end is read no further than its limit") {
  auto const file = read_feeds_file("/dev/zero");
  REQUIRE(file.errors.size() == 1);
  CHECK(file.errors[0] == "/dev/zero: the file has more than 1 MiB, the most that a settings file may have");
}

TEST_CASE("A file with a password is its owner's alone") {
  auto const path = std::filesystem::temp_directory_path() / fmt::format("torntape-feeds-{}.toml", getpid());
  std::ofstream{path} << "[[feed]]\nqueue = \"RUEHC\"\nto = \"amqp://me:secret@broker/?queue=in\"\n";
  std::filesystem::permissions(path, std::filesystem::perms{0644});
  auto const open = read_feeds_file(path);
  std::filesystem::permissions(path, std::filesystem::perms{0600});
  auto const closed = read_feeds_file(path);
  std::filesystem::remove(path);
  REQUIRE(open.errors.size() == 1);
  CHECK(open.errors[0].find("chmod 600") != std::string::npos);
  CHECK(closed.feeds.size() == 1);
  CHECK_FALSE(read_feeds_file("/nowhere/feeds.toml").errors.empty());
}

}  // namespace torntape::feed
