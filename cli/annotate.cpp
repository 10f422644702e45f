#include <memory>
#include <string>
#include <string_view>

#include "cli/annotation.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "cli/terminal.hpp"
#include "grammar/alphabets/capture.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"
#include "validator/reports/text.hpp"

namespace torntape::cli {
namespace {

class Annotate {
 public:
  explicit Annotate(Context const& context)
      : style_{.colour = use_colour(context.colour, stdout),
               .line_drawing = shows_line_drawing(stdout),
               .width = width(stdout)} {}

  int run(Input const& input) {
    auto const failure =
        read_messages(input, [&](grammar::Frame const& frame) { return annotate(input.name, frame); });
    if (failure) complain(*failure);
    auto const written = finished(output_);
    return failure ? failed : written;
  }

 private:
  bool annotate(std::string_view source, grammar::Frame const& frame) {
    auto const& message = parser_.parse(frame.bytes, settings_for(frame, {}), frame.position);
    if (!output_.write(annotation(message, style_))) return false;
    validator::reports::Style const report{.colour = style_.colour, .width = style_.width - 10};
    for (auto const& diagnostic : checker_.check(message))
      if (!output_.write(validator::reports::text({source, grammar::as_received(message), message.position},
                                                  diagnostic, report) +
                         '\n'))
        return false;
    return true;
  }

  AnnotationStyle style_;
  Output output_;
  grammar::Parser parser_;
  validator::Checker checker_;
};

}  // namespace

void add_annotate(CLI::App& app, Context& context) {
  auto* const command =
      app.add_subcommand("annotate",
                         "Shows a heading with every token named and explained.\n\n"
                         "Each format line stands as it was received, with its tokens marked, and below it "
                         "what they are. Tokens that mean "
                         "the same share one explanation. What the rules say of the message follows.");
  auto const input = std::make_shared<Input>();
  command->add_option("FILE", input->path, "file with the message, - for standard input")->required();
  add_alphabet_choice(*command, input->coding);
  command->footer(footer({{"torntape annotate message.txt", "in colour, on a terminal"},
                          {"torntape annotate message.txt --color always | less -R", "page by page"}},
                         {{ok, "shown, whatever the rules say"}, {failed, "could not be read or written"}}));
  command->callback([input, &context] {
    input->name = input->path;
    context.exit_code = Annotate{context}.run(*input);
  });
}

}  // namespace torntape::cli
