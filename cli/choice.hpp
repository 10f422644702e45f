// An option that takes one of a few words.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace torntape::cli {

template <class T>
using Choices = std::vector<std::pair<std::string, T>>;

namespace detail {

template <class T>
std::string listed(Choices<T> const& choices) {
  std::string text;
  for (auto const& [word, value] : choices) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace detail

// `target` is what the word stands for; `T` or an optional of it. The description is followed by the words.
template <class Target, class T>
CLI::Option* add_choice(CLI::App& app, std::string name, Target& target, Choices<T> const& choices,
                        std::string const& what) {
  auto const words = detail::listed(choices);
  auto const take = [&target, choices, words](CLI::results_t const& given) {
    auto const word = CLI::detail::to_lower(given.back());
    for (auto const& [known, value] : choices) {
      if (word != known) continue;
      target = value;
      return true;
    }
    throw CLI::ValidationError("'" + given.back() + "' is none of " + words);
  };
  auto* const option = app.add_option(std::move(name), take, what + ": " + words);
  return option->type_name("WORD")->type_size(1);
}

}  // namespace torntape::cli
