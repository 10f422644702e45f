#include "router/service/guard_file.hpp"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace torntape::service {
namespace {

constexpr std::string_view digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::string client(std::string_view more) {
  return fmt::format("[[client]]\nname = \"reader\"\ntoken = \"{}\"\n{}", digest, more);
}

TEST_CASE("A guard file says who may do what") {
  auto const read =
      read_guard(client("may = [\"look\", \"collect\"]\nqueues = [\"RUEH*\"]\nrate = 20\n"), "guard.toml");
  CHECK(read.errors.empty());
  REQUIRE(read.guard);
  auto const* const found = read.guard->with_token(digest_of("abc"));
  REQUIRE(found != nullptr);
  CHECK(found->name == "reader");
  CHECK(found->may == std::vector{Verb::look, Verb::collect});
  CHECK(found->queues == std::vector<std::string>{"RUEH*"});
  CHECK(found->rate == 20);
  CHECK(read.guard->with_token(digest_of("abd")) == nullptr);
  CHECK(read.guard->tls == nullptr);
}

TEST_CASE("What is wrong with a guard file is told with its place") {
  struct Case {
    std::string text, error;
  };
  std::vector<Case> const cases{
      {"[[client", "guard.toml:1:"},
      {"[guard]\n", "guard.toml:1:2: unknown key 'guard' in the file"},
      {client("may = [\"look\"]\nqueues = [\"*\"]\ntokn = \"x\"\n"),
       "guard.toml:6:1: unknown key 'tokn' in [[client]]"},
      {client("may = [\"read\"]\nqueues = [\"*\"]\n"),
       "guard.toml:4:8: 'read' is nothing that a client may do"},
      {client("may = [\"look\"]\n"), "[[client]] has no 'queues'; [\"*\"] are all of them"},
      {client("queues = [\"*\"]\n"), "[[client]] has no 'may'"},
      {client("may = [\"file\"]\nrate = 0\n"), "guard.toml:5:8: 'rate' is 0, expected 1 to 1000000"},
      {"[[client]]\nname = \"a\"\nmay = [\"file\"]\n", "has neither 'token' nor 'certificate'"},
      {"[[client]]\nname = \"a\"\ntoken = \"secret\"\nmay = [\"file\"]\n",
       "guard.toml:3:9: 'token' is no digest of a token"},
      {client("may = [\"file\"]\n") + client("may = [\"file\"]\n"), "a second [[client]] is 'reader'"},
      {client("may = [\"file\"]\n") +
           fmt::format("[[client]]\nname = \"b\"\ntoken = \"{}\"\nmay = [\"file\"]\n", digest),
       "the token of 'b' is another client's too"},
      {"[[circuit]]\nname = \"AB\"\ncertificate = \"rtba\"\n",
       "[tls] has no 'client_ca' that says who signs them"},
      {"[tls]\ncertificate = \"no.pem\"\n", "[tls] has no 'key'"},
      {"[tls]\ncertificate = \"no.pem\"\nkey = \"no.key\"\n", "no.pem: cannot be read"},
  };
  for (auto const& [text, error] : cases) {
    INFO(text);
    auto const read = read_guard(text, "guard.toml");
    CHECK(read.guard == nullptr);
    REQUIRE_FALSE(read.errors.empty());
    CAPTURE(read.errors.front());
    CHECK(std::ranges::any_of(read.errors,
                              [&error](auto const& each) { return each.find(error) != each.npos; }));
    // A token by mistake in the place of its digest is not told to whoever reads the log.
    CHECK(read.errors.front().find("\"secret\"") == std::string::npos);
  }
}

TEST_CASE("A guard file that others can read is refused") {
  auto const path =
      std::filesystem::temp_directory_path() / fmt::format("torntape-guard-{}.toml", ::getpid());
  std::ofstream{path} << client("may = [\"file\"]\n");
  using std::filesystem::perms;
  std::filesystem::permissions(path, perms::owner_read | perms::group_read);
  CHECK(read_guard_file(path).guard != nullptr);
  std::filesystem::permissions(path, perms::owner_read | perms::others_read);
  auto const read = read_guard_file(path);
  CHECK(read.guard == nullptr);
  REQUIRE(read.errors.size() == 1);
  CHECK(read.errors[0].find("chmod 600") != std::string::npos);
  std::filesystem::remove(path);
  CHECK(read_guard_file(path).errors.at(0).find("No such file") != std::string::npos);
}

}  // namespace
}  // namespace torntape::service
