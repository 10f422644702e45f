// A clean heading is read without the heap, from the second message on.
#include <cstdlib>
#include <new>

#include <catch2/catch.hpp>

#include "bench/grammar/subject/family.hpp"
#include "grammar/parser.hpp"

namespace {
std::size_t allocations = 0;  // since the program began

void* allocate(std::size_t size) {
  ++allocations;
  if (auto* const storage = std::malloc(size == 0 ? 1 : size)) return storage;
  throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* storage) noexcept { std::free(storage); }
void operator delete[](void* storage) noexcept { std::free(storage); }
void operator delete(void* storage, std::size_t) noexcept { std::free(storage); }
void operator delete[](void* storage, std::size_t) noexcept { std::free(storage); }

namespace torntape::bench {

TEST_CASE("a clean heading allocates nothing once the parser has read headings as long") {
  for (auto const& family : families()) {
    auto const all = headings(family, 200, 1399);
    grammar::Parser parser;
    for (auto const& heading : all) parser.parse(heading);
    auto const before = allocations;
    for (auto const& heading : all) parser.parse(heading);
    CHECK(allocations - before == 0);
  }
}

TEST_CASE("made-up headings are clean: what is read by hand is read the same by the grammar") {
  for (auto const& family : families()) {
    grammar::Parser parser;
    Message by_hand;
    for (auto const& heading : headings(family, 500, 1)) {
      INFO(heading);
      REQUIRE(family.hand_written(heading, by_hand));
      REQUIRE(in_words(parser.parse(heading)) == in_words(by_hand));
      REQUIRE(by_hand.addressees.size() >= 14);
    }
  }
}

}  // namespace torntape::bench
