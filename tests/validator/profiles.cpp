// Good messages of every profile and form: nothing above information is said of them.
#include "grammar/alphabets/coding.hpp"
#include "grammar/alphabets/transmission.hpp"
#include "grammar/printing.hpp"
#include "tests/validator/support.hpp"

namespace torntape::validator::test {

namespace {

using grammar::MessageForm;

struct Good {
  char const* what;
  Profile profile;
  MessageForm form;
  std::string text;
};

std::string with_text(std::string heading) {
  return heading + "BT\nUNCLAS\nTHE CLOCK IS RIGHT AGAIN.\nBT\nNNNN\n";
}

std::vector<Good> good_messages() {
  auto const plain = MessageForm::plaindress;
  std::string const top = "VZCZCXRO093\nPP RTCAQB RTCATR\nDE RTBAKV 115B 19/0941Z\nZNR UUUUU\n";
  std::string const from = "FM AMEMBASSY KARSTOVA\n";
  std::string const to = "TO RTCAQB/AMEMBASSY QALARABAD\n";
  std::string const info = "INFO RTCATR/AMEMBASSY TARSIBAD\n";
  std::string const preamble = "P 190938Z AUG 2009\n";
  return {
      {"plaindress", Profile::acp127, plain, with_text(top + preamble + from + to + info)},
      {"plaindress without month", Profile::acp127, plain, with_text(top + "P 190938Z\n" + from + to + info)},
      {"plaindress of 2005", Profile::acp127, plain,
       with_text("VZCZCXRO093     UU\nPP RTCAQB\nDE RTBAKV 115 02/0009Z\nZNR UUUUU\nP 020005Z MAR 05\n" +
                 from + to)},
      {"manual identification", Profile::acp127, plain,
       "VV   XRO093     HH\nPP RTCAQB\nDE RTBAKV 115 19/0941Z\nZNY CCCCC\n" + preamble + from + to +
           "BT\nC O N F I D E N T I A L\nTEXT\nBT\nNNNN\n"},
      {"chain of identifications", Profile::acp127, plain,
       with_text("VZCZCXRO093WNA114ABC 002\nPP RTCAQB\nDE RTBAKV 115 19/0941Z\nZNR UUUUU\n" + preamble +
                 from + to)},
      {"transmit instruction", Profile::acp127, plain,
       with_text(top + "RTCAQB T MIRZAGRAD\n" + preamble + from + to + info)},
      {"book", Profile::acp127, plain,
       with_text(top + "P 190938Z AUG 2009 ZEX\n" + from + to + "RTCATR/AMEMBASSY TARSIBAD\n")},
      {"FLASH with its bell", Profile::acp127, plain,
       with_text("VZCZCXRO093\n\a\a\a\a\aZZ RTCAQB\nDE RTBAKV 115 19/0941Z\nZNR UUUUU\nZ 190938Z AUG 2009\n" +
                 from + to)},
      {"dual precedence", Profile::acp127, plain,
       with_text(top + "ZOT RTCATR\nP R 190938Z AUG 2009\n" + from + to + info)},
      {"accounting", Profile::acp127, plain, with_text(top + preamble + from + to + info + "NAVY\n")},
      {"AIG", Profile::acp127, plain, with_text(top + preamble + from + "TO AIG 9901\n" + info)},
      {"cipher", Profile::acp127, plain,
       top + preamble + from + to + info + "GR 6\nBT\nABCDE FGHIJ KLMNO PQRST\nUVWXY ZABCD\nBT\nNNNN\n"},
      {"pages, section and correction", Profile::acp127, plain,
       top + preamble + from + to + info +
           "BT\nUNCLAS SECTION 1 OF 2\nTHIS IS A TEST\nPAGE 2 RTBAKV 115B UNCLAS\nOF PAGES\nBT\n"
           "C PAGE 2 LINE 1 OF PAGES\nNNNN\n"},
      {"abbreviated plaindress", Profile::acp127, MessageForm::abbreviated_plaindress, with_text(top)},
      {"codress", Profile::acp127, MessageForm::codress,
       top + "RTCAQB T XYAG NABC\n" + preamble + "GR 6\nBT\nABCDE FGHIJ KLMNO PQRST UVWXY ABCDE\nBT\nNNNN\n"},
      {"service between neighbours", Profile::acp127, MessageForm::service,
       "VZCZCXRO093\nOO RTCA\nDE RTBA 19/0941Z\nZFX EUC066\nNNNN\n"},
      {"service between neighbours, with a warning", Profile::acp127, MessageForm::service,
       "VZCZCXRO093\nOO RTCA\nDE RTBA 19/0941Z\nZNR UUUUU\nZID EUC066\nNNNN\n"},
      {"State service between relays", Profile::state, MessageForm::service,
       "VZCZCXRO0001\nPP RTEA\nDE RTAA 3292047\nZID XRI0000\nNNNN\n"},
      {"State service between relays, a receipt", Profile::state, MessageForm::service,
       "VZCZCXRI0008\nZZ RTAA\nDE RTEA 3292047\nR Z XRO0016\nNNNN\n"},
      {"service relayed", Profile::acp127, MessageForm::service,
       "VZCZCXRO093\nRR RTCA RTDA\nDE RTBA 116 19/0941Z\nZNR UUUUU\nTO RTCA\nINFO RTDA\nBT\n"
       "UNCLAS SVC ZUI EUC014 ZDK RTBAKV 115 19/0941Z\nBT\nNNNN\n"},
      {"readdressed", Profile::acp127, plain,
       with_text("VZCZCXRO093\nRR RTDASL\nDE RTCAQB 033 20/0100Z\nZNR UUUUU\nR 200055Z AUG 2009\n"
                 "FM AMEMBASSY QALARABAD\nTO RTDASL/AMEMBASSY SOLENTO ISLANDS\nP 190938Z AUG 2009\n" +
                 from + to + info)},
      {"piloted", Profile::acp127, plain,
       with_text("VZCZCXRO014\nPP RTDASL\nZNR UUUUU ZOV RTBA T AMEMBASSY SOLENTO ISLANDS\nABO093\nPP RTCASL\n"
                 "DE RTBAKV 115 19/0941Z\nZNR UUUUU\n" +
                 preamble + from + "TO RTDASL/AMEMBASSY SOLENTO ISLANDS\n")},
      {"U.S. plaindress", Profile::acp127_us, plain,
       "VZCZCXRO093\nPP RTCAQB\nDE RTBAKV #0512 2310941\nZNY CCCCC\n" + preamble + from + to +
           "BT\nC O N F I D E N T I A L\nTEXT\nBT\n#0512\nNNNN\n"},
      {"AUTODIN, several indicators", Profile::janap128, plain,
       "VZCZCXRO093\nRTTUZYUW RTBAKVA0512 2310941-UUUU--RTCAQBA RTCATRM.\nZNR UUUUU\nR 190938Z AUG 2009\n" +
           from + "TO AMEMBASSY QALARABAD\nBT\nUNCLAS\nTEXT\nBT\n#0512\nNNNN\n"},
      {"AUTODIN, routing over two lines", Profile::janap128, plain,
       "VZCZCXRO093\nRTTUZYUW RTBAKVA0512 2310941-UUUU--RTCAQBA\nRTCATRA RTCATRM.\nZNR UUUUU\nR 190938Z AUG "
       "2009\n" +
           from + "TO AMEMBASSY QALARABAD\nBT\nUNCLAS\nTEXT\nBT\n#0512\nNNNN\n"},
      {"call signs", Profile::acp126, plain,
       "VZCZC027 UU\nNABC NDEF DE NXYZ NR 123\nR 190938Z AUG 09\nFM NXYZ\nTO NABC\nINFO "
       "NDEF\nBT\nUNCLAS\nTEXT\nBT\n"
       "NNNN\n"},
  };
}

}  // namespace

TEST_CASE("good messages of every profile and form") {
  for (auto const& good : good_messages()) {
    DYNAMIC_SECTION(good.what) {
      Checked const checked{good.text};
      INFO(good.text);
      CHECK(checked.message->profile == good.profile);
      CHECK(checked.message->form == good.form);
      CHECK(checked.ids(Severity::warning) == std::vector<std::string>{});
    }
  }
}

namespace {

// All good messages above, and the samples.
std::vector<std::string> good_texts() {
  std::vector<std::string> texts;
  for (auto& good : good_messages()) texts.push_back(std::move(good.text));
  for (auto const kind : {CopyKind::relay, CopyKind::web}) texts.emplace_back(sample(Profile::state, kind));
  for (auto const profile : {Profile::acp127, Profile::acp127_us, Profile::janap128})
    texts.emplace_back(sample(profile, CopyKind::relay));
  return texts;
}

grammar::Alphabet alphabet_for(std::string const& text) {
  return text.find('#') == std::string::npos ? grammar::Alphabet::ita2 : grammar::Alphabet::ita2_us;
}

}  // namespace

TEST_CASE("a good message printed for the wire is good on the wire") {
  for (auto const& text : good_texts()) {
    grammar::Parser parser;
    auto const wire = grammar::print(parser.parse(text), grammar::LineEnds::wire);
    INFO(wire);
    Checked const checked{wire};
    CHECK(checked.ids(Severity::warning) == std::vector<std::string>{});
    CHECK(checked.of("GEN-05") == nullptr);
    CHECK(checked.of("GEN-09") == nullptr);
    CHECK(grammar::print(*checked.message, grammar::LineEnds::wire) == wire);
  }
}

TEST_CASE("a good message sent over a circuit is good on its tape, and the same message") {
  for (auto const& text : good_texts()) {
    for (auto const alphabet : {alphabet_for(text), grammar::Alphabet::ia5}) {
      grammar::Parser parser;
      auto const& sent = parser.parse(text);
      grammar::Coding coding;
      coding.alphabet = alphabet;
      std::string octets;
      REQUIRE(grammar::TapeEncoder{coding}.encode(grammar::transmission(sent, alphabet), octets).empty());
      auto const tape = grammar::decoded(octets, coding);
      INFO(tape);
      grammar::Settings settings;
      settings.alphabet = alphabet;
      Checked const checked{tape, settings};
      CHECK(checked.message->profile == sent.profile);
      CHECK(checked.message->form == sent.form);
      CHECK(checked.ids(Severity::warning) == std::vector<std::string>{});
      CHECK(grammar::print(*checked.message) == grammar::print(sent));
      CHECK(grammar::transmission(*checked.message, alphabet) == grammar::transmission(sent, alphabet));
    }
  }
}

}  // namespace torntape::validator::test
