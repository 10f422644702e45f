#include "traffic/receive/mail_text.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using torntape::receive::text_of_mail;

TEST_CASE("what follows the header is the message") {
  CHECK(text_of_mail("Subject: x\n\nVZCZC\nNNNN\n") == "VZCZC\nNNNN\n");
  CHECK(text_of_mail("") == "");
  CHECK(text_of_mail("Subject: x\n").empty());
}

TEST_CASE("as it was encoded, it is decoded") {
  CHECK(text_of_mail("Content-Transfer-Encoding: BASE64\n\nVlpDWkMK\nTk5O\nTgo=\n") == "VZCZC\nNNNN\n");
  CHECK(text_of_mail("Content-Transfer-Encoding: quoted-printable\n\nA=3DB=\nC\n=2") == "A=BC\n=2");
}

TEST_CASE("of several parts the first that is text") {
  std::string const mail =
      "Content-Type: multipart/mixed;\n boundary=\"Ab1\"\n\nnothing\n--Ab1\nContent-Type: "
      "image/png\n\nPNG\n--Ab1\n"
      "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nVlpDWkMK\n--Ab1--\n";
  CHECK(text_of_mail(mail) == "VZCZC\n");
}

TEST_CASE("whatever comes is read to its end") {
  REQUIRE(rc::check([](std::string const& bytes) {
    static_cast<void>(text_of_mail(bytes));
    static_cast<void>(text_of_mail("Content-Type: multipart/x; boundary=a\n\n--a\n" + bytes));
    static_cast<void>(text_of_mail("Content-Transfer-Encoding: quoted-printable\n\n" + bytes));
  }));
}
