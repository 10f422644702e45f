// smtp://127.0.0.1:25?to=telegrams@example.org: one mail a message, with the header fields of a military
// message (RFC 6477), the message itself as its text.
//
//   to=…       a mailbox; with {} in it one for every addressee, {} being its routing indicator:
//   {}@example.org. All of
//              them take the mail, or it is refused.
//   from=…     torntape@localhost unless given
//   ca=FILE    certificates to trust beside those of the system (smtps, starttls)
//   starttls=yes   the connection must become a private one
#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "grammar/identity.hpp"
#include "grammar/parser.hpp"
#include "traffic/send/backoff.hpp"
#include "traffic/send/destinations.hpp"
#include "traffic/send/transfers.hpp"
#include "wire/date_time_group.hpp"

namespace torntape::send {
namespace {

constexpr std::size_t longest_line = 998;  // RFC 5322 2.1.1
constexpr std::size_t longest_value = 300;

struct Mailboxes {
  std::vector<std::string> to, copy;
};

// RFC 6477: 0 deferred, 1 routine, 2 priority, 3 immediate, 4 flash, 5 override.
int precedence_number(grammar::View letter) {
  switch (letter.empty() ? grammar::Precedence::none : grammar::precedence_of_letter(letter.front())) {
    case grammar::Precedence::priority:
      return 2;
    case grammar::Precedence::immediate:
      return 3;
    case grammar::Precedence::flash:
      return 4;
    case grammar::Precedence::emergency_command:
      return 5;
    default:
      return 1;
  }
}

std::string printing(grammar::View text) {
  std::string clean;
  for (auto const c : text.substr(0, longest_value)) clean += c >= ' ' && c <= '~' ? c : ' ';
  return clean;
}

std::string joined(std::vector<std::string> const& parts) {
  std::string all;
  for (auto const& part : parts) all.append(all.empty() ? "" : ",\r\n ").append(part);
  return all;
}

std::string joined(std::vector<grammar::View> const& parts) {
  std::string all;
  for (auto const part : parts) all.append(all.empty() ? "" : "; ").append(printing(part));
  return all;
}

class Header {
 public:
  void add(std::string_view name, std::string const& value) {
    if (!value.empty()) text_.append(name).append(": ").append(value).append("\r\n");
  }
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::string text_;
};

std::string mailbox(std::string pattern, grammar::View indicator) {
  std::string letters;
  for (auto const c : indicator)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) letters += c;
  if (letters.empty()) return {};
  pattern.replace(pattern.find("{}"), 2, letters);
  return pattern;
}

Mailboxes mailboxes_of(grammar::Message const& message, std::string const& pattern) {
  Mailboxes boxes;
  if (pattern.find("{}") == std::string::npos) {
    boxes.to.push_back(pattern);
    return boxes;
  }
  for (auto const& addressee : message.addressees) {
    auto const box = addressee.other_means ? std::string{} : mailbox(pattern, addressee.routing_indicator);
    auto const there = [&](auto const& list) { return std::ranges::find(list, box) != list.end(); };
    if (box.empty() || there(boxes.to) || there(boxes.copy)) continue;
    (addressee.kind == grammar::AddresseeKind::action ? boxes.to : boxes.copy).push_back(box);
  }
  return boxes;
}

// Addressees served by other means (ZEN, ACP 127(G) 206.b).
std::string others(grammar::Message const& message, grammar::AddresseeKind kind) {
  std::string all;
  for (auto const& addressee : message.addressees)
    if (addressee.other_means && addressee.kind == kind)
      all.append(all.empty() ? "" : "; ").append(printing(addressee.plain_language_address));
  return all;
}

std::string in_mail(std::chrono::sys_seconds time) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

void add_military(grammar::Message const& message, Header& header) {
  auto const& preamble = message.preamble;
  header.add("MMHS-Primary-Precedence", std::to_string(precedence_number(preamble.precedence)));
  auto const copy = preamble.info_precedence.empty() ? preamble.precedence : preamble.info_precedence;
  header.add("MMHS-Copy-Precedence", std::to_string(precedence_number(copy)));
  if (auto const released = wire::instant(preamble))
    header.add("MMHS-Extended-Authorisation-Info", in_mail(*released));
  header.add("MMHS-Acp127-Message-Identifier", printing(grammar::identity(message)));
  header.add("MMHS-Originator-PLAD", printing(message.originator.plain_language_address));
  if (!message.text.message_reference_number.empty())
    header.add("MMHS-Originator-Reference", printing(message.text.station)
                                                .append(message.text.station.empty() ? "" : " ")
                                                .append(printing(message.text.message_reference_number)));
  header.add("MMHS-Handling-Instructions", joined(message.text.captions));
  header.add("MMHS-Message-Instructions", joined(preamble.message_instructions));
  header.add("MMHS-Other-Recipients-Indicator-To", others(message, grammar::AddresseeKind::action));
  header.add("MMHS-Other-Recipients-Indicator-CC", others(message, grammar::AddresseeKind::info));
  if (message.form == grammar::MessageForm::codress) {
    std::string digits;
    for (auto const c : message.accounting.group_count)
      if (std::isdigit(static_cast<unsigned char>(c)) != 0) digits += c;
    header.add("MMHS-Codress-Message-Indicator", digits.empty() ? "0" : digits);
  }
}

// Seven bits, and lines that a mail may have.
bool is_plain(std::string_view text) {
  for (std::size_t length = 0; auto const c : text) {
    length = c == '\n' ? 0 : length + 1;
    auto const plain = c == '\n' || c == '\r' || c == '\t' || (c >= ' ' && c <= '~');
    if (!plain || length > longest_line) return false;
  }
  return true;
}

std::string with_line_ends(std::string_view text) {
  std::string out;
  for (auto const letter : text) {
    if (letter == '\r') continue;
    if (letter == '\n') out += '\r';
    out += letter;
  }
  if (!out.ends_with("\r\n")) out.append("\r\n");
  return out;
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::size_t a_line = 57;
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    if (i != 0 && i % a_line == 0) out.append("\r\n");
    auto const at = [&](std::size_t j) {
      return i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U;
    };
    auto const group = at(0) << 16U | at(1) << 8U | at(2);
    for (unsigned j = 0; j != 4; ++j)
      out += i + j > bytes.size() ? '=' : letters[group >> (18U - 6U * j) & 63U];
  }
  return out.append("\r\n");
}

class Mail final : public Destination {
 public:
  explicit Mail(Address const& address)
      : url_{fmt::format("{}://{}", address.scheme, address.host)},
        user_{address.user},
        password_{address.password},
        from_{address.option("from", "torntape@localhost")},
        to_{address.option("to")},
        ca_{address.option("ca")},
        starttls_{address.is_yes("starttls")},
        transfers_{[this](Transfer& transfer, CURLcode code) { return judge(transfer, code); }} {
    if (address.port != 0) url_.append(":").append(std::to_string(address.port));
  }

  [[nodiscard]] bool ready() override { return trouble_.empty() || backoff_.over(); }
  [[nodiscard]] bool knows_repeats() const override { return false; }
  [[nodiscard]] std::string const& trouble() const override { return trouble_; }
  [[nodiscard]] std::uint64_t reconnections() const override { return 0; }

  void hand_over(Outgoing const& outgoing) override {
    grammar::Parser parser;
    auto const& message = parser.parse(outgoing.text);
    auto const boxes = mailboxes_of(message, to_);
    if (boxes.to.empty() && boxes.copy.empty()) {
      refused_.push_back({outgoing.number, Result::refused, "no addressee with a routing indicator"});
      return;
    }
    auto transfer = std::make_unique<Transfer>(outgoing.number, mail(outgoing, message, boxes));
    for (auto const* const list : {&boxes.to, &boxes.copy})
      for (auto const& box : *list) append(transfer->recipients, box);
    set_up(*transfer);
    transfers_.begin(std::move(transfer));
  }

  void work(Time until, std::vector<Answer>& answers) override {
    std::ranges::move(refused_, std::back_inserter(answers));
    refused_.clear();
    transfers_.work(until, answers);
  }

 private:
  void set_up(Transfer& transfer) {
    auto* const handle = transfer.handle();
    curl_easy_setopt(handle, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, from_.c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, transfer.recipients.get());
    if (!user_.empty()) curl_easy_setopt(handle, CURLOPT_USERNAME, user_.c_str());
    if (!password_.empty()) curl_easy_setopt(handle, CURLOPT_PASSWORD, password_.c_str());
    if (!ca_.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, ca_.c_str());
    if (starttls_) curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    transfer.upload();
  }

  [[nodiscard]] std::string mail(Outgoing const& outgoing, grammar::Message const& message,
                                 Mailboxes const& boxes) const {
    Header header;
    header.add("Date", in_mail(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
    header.add("From", from_);
    header.add("To", boxes.to.empty() ? "undisclosed-recipients:;" : joined(boxes.to));
    header.add("Cc", joined(boxes.copy));
    header.add("Message-ID", fmt::format("<{}@torntape.invalid>", outgoing.key));
    auto const identity = printing(grammar::identity(message));
    auto const subject = printing(message.text.subject);
    header.add("Subject", subject.empty() ? identity : subject);
    add_military(message, header);
    auto const plain = is_plain(outgoing.text);
    header.add("MIME-Version", "1.0");
    header.add("Content-Type", plain ? "text/plain; charset=us-ascii" : "text/plain; charset=iso-8859-1");
    header.add("Content-Transfer-Encoding", plain ? "7bit" : "base64");
    return header.text() + "\r\n" + (plain ? with_line_ends(outgoing.text) : base64(outgoing.text));
  }

  Answer judge(Transfer& transfer, CURLcode code) {
    long reply = 0;
    curl_easy_getinfo(transfer.handle(), CURLINFO_RESPONSE_CODE, &reply);
    if (code == CURLE_OK) {
      trouble_.clear();
      backoff_.succeeded();
      return {transfer.number(), Result::confirmed};
    }
    if (reply >= 500) return {transfer.number(), Result::refused, fmt::format("SMTP {}", reply)};
    auto const tempfail = reply >= 400;
    if (tempfail) return {transfer.number(), Result::not_taken, fmt::format("SMTP {}", reply)};
    if (backoff_.over()) backoff_.failed();
    trouble_ = transfer.why(code);
    return {transfer.number(), transfer.body_begun() ? Result::unknown : Result::not_taken, trouble_};
  }

  std::string url_, user_, password_, from_, to_, ca_;
  bool starttls_;
  Transfers transfers_;
  std::vector<Answer> refused_;
  std::string trouble_;
  Backoff backoff_;
};

}  // namespace

Opened open_mail(Address const& address) {
  if (address.option("to").empty())
    return fmt::format(
        "{}: to whom? ?to=telegrams@example.org, or ?to={{}}@example.org for a mailbox an addressee",
        address.text);
  return std::make_unique<Mail>(address);
}

}  // namespace torntape::send
