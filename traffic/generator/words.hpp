// Texts that mean nothing: harbor clocks and ferries, in the sentences of a telegram.
#pragma once

#include <cstdint>

#include "traffic/generator/ink.hpp"
#include "traffic/generator/random.hpp"

namespace torntape::generator {

// Room for so many lines of text, their paragraphs' numbers and their page marks.
[[nodiscard]] std::size_t room_for(std::uint32_t lines);

// "THE FERRY RUNS LATE", without the article.
void print_subject(Random& random, Ink& ink);

// Pages of 16 lines, a mark at the head of each but the first: 20 are allowed (ACP 127(G) 208), and a line
// that is put in on purpose is to break nothing else.
class Pages {
 public:
  // "PAGE 2 RTBAKV 115 UNCLAS": what stands after the number; the lines printed before the text.
  Pages(std::string_view after_number, std::uint32_t lines) : after_number_(after_number), lines_(lines) {}
  void begin_line(Ink& ink);

 private:
  std::string_view after_number_;
  std::uint32_t lines_;
  std::uint32_t page_ = 1;
};

// Numbered paragraphs: "1. (C) ..". In pages there are no empty lines between them and no class.
void print_paragraphs(Random& random, std::uint32_t lines, char classification, Ink& ink);
void print_paragraphs(Random& random, std::uint32_t lines, Pages& pages, Ink& ink);

// So many groups of five letters.
void print_cipher(Random& random, std::uint32_t groups, Ink& ink);

}  // namespace torntape::generator
