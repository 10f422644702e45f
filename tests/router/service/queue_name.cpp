#include "router/service/queue_name.hpp"

#include <utility>

#include <catch2/catch.hpp>

namespace torntape::service {
namespace {

directory::Directory const& directory_of_three() {
  static directory::Directory const directory{[] {
    directory::Network network;
    for (auto const& [indicator, name] :
         {std::pair{"RUEHC", "SECSTATE WASHDC"}, std::pair{"RTAAAA", "AMEMBASSY TWIN"},
          std::pair{"RTAABB", "AMEMBASSY TWIN"}}) {
      auto& station = network.stations.emplace_back();
      station.indicator = indicator;
      station.name = name;
    }
    return network;
  }()};
  return directory;
}

std::string name(std::string_view asked) {
  return std::get<std::string>(queue_name(asked, &directory_of_three()));
}

TEST_CASE("A plain language address that one station has stands for its queue") {
  CHECK(name("SECSTATE WASHDC") == "RUEHC");
  CHECK(name("RUEHC") == "RUEHC");
  CHECK(name("NOBODY") == "NOBODY");
}

TEST_CASE("Of several stations of one name the refusal says which queues there are") {
  auto const refused = std::get<v1::Refusal>(queue_name("AMEMBASSY TWIN", &directory_of_three()));
  CHECK(refused.reason() == v1::REASON_NOT_FOUND);
  CHECK(refused.message() ==
        "several stations are AMEMBASSY TWIN; name the queue by its indicator: RTAAAA, RTAABB");
}

TEST_CASE("An open switch takes a name as it stands") {
  CHECK(std::get<std::string>(queue_name("SECSTATE WASHDC", nullptr)) == "SECSTATE WASHDC");
}

}  // namespace
}  // namespace torntape::service
