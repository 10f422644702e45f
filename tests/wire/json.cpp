#include "wire/json.hpp"

#include <catch2/catch.hpp>
#include <torntape/v1/message.pb.h>
#include <torntape/v1/switch.pb.h>

namespace torntape::wire {
namespace {

v1::Copy copy() {
  v1::Copy out;
  out.set_id("42-3");
  out.set_queue("RUEHC");
  out.set_kind(v1::KIND_ACTION);
  out.set_precedence(v1::PRECEDENCE_PRIORITY);
  out.mutable_message()->set_text("NNNN");
  return out;
}

TEST_CASE("JSON has lowerCamelCase names, enumerations by name and bytes in base64") {
  auto sample = copy();
  sample.set_suspected_duplicate(true);
  CHECK(to_json(sample) ==
        R"({"id":"42-3","queue":"RUEHC","kind":"KIND_ACTION","precedence":"PRECEDENCE_PRIORITY",)"
        R"("message":{"text":"Tk5OTg=="},"suspectedDuplicate":true})");
}

TEST_CASE("Pretty JSON is indented") {
  v1::Copy sample;
  sample.set_id("1-0");
  CHECK(to_json(sample, Layout::pretty) == "{\n \"id\": \"1-0\"\n}\n");
}

TEST_CASE("JSON read back is the message") {
  v1::Copy back;
  CHECK(from_json(to_json(copy()), back) == std::nullopt);
  CHECK(back.SerializeAsString() == copy().SerializeAsString());
}

TEST_CASE("What is no JSON of the message is told in words") {
  v1::Copy back;
  CHECK(from_json("{", back));
  CHECK(from_json(R"({"colour": 1})", back));
}

}  // namespace
}  // namespace torntape::wire
