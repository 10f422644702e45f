// http://127.0.0.1:8000/in: one POST a message.
//
//   as=text       the message itself, text/plain
//   as=protobuf   torntape.v1.Message: id (the key of the message in this run), text, heading
//   as=json       the same in proto3 JSON
//   ca=FILE       certificates to trust beside those of the system (https)
//
// Each attempt at a message carries the same Idempotency-Key.
#include <utility>

#include <fmt/format.h>
#include <torntape/v1/message.pb.h>

#include "grammar/parser.hpp"
#include "traffic/send/backoff.hpp"
#include "traffic/send/destinations.hpp"
#include "traffic/send/transfers.hpp"
#include "wire/heading.hpp"
#include "wire/json.hpp"

namespace torntape::send {
namespace {

enum class Form : std::uint8_t { text, protobuf, json };

std::string body_of(Outgoing const& outgoing, Form form) {
  if (form == Form::text) return outgoing.text;
  v1::Message message;
  message.set_id(outgoing.key);
  message.set_text(outgoing.text);
  grammar::Parser parser;
  *message.mutable_heading() = wire::to_proto(parser.parse(outgoing.text));
  return form == Form::json ? wire::to_json(message) : message.SerializeAsString();
}

std::string first_line(std::string const& text) {
  return text.substr(0, std::min(text.find_first_of("\r\n"), std::size_t{120}));
}

// RFC 9110: what a status says about whether the message is there.
Answer judge_status(std::uint64_t number, long status, std::string const& text) {
  if (status >= 200 && status < 300) return {number, Result::confirmed};
  auto why = fmt::format("HTTP {}", status);
  if (!text.empty()) why.append(" ").append(first_line(text));
  if (status == 408 || status == 425 || status == 429 || status == 503)
    return {number, Result::not_taken, why};
  if (status >= 500 && status != 501) return {number, Result::unknown, why};
  return {number, Result::refused, why};
}

bool never_began(CURLcode code) {
  return code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST ||
         code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION;
}

class Webhook final : public Destination {
 public:
  Webhook(Address const& address, Form form)
      : url_{address.without_query},
        ca_{address.option("ca")},
        form_{form},
        transfers_{[this](Transfer& transfer, CURLcode code) { return judge(transfer, code); }} {}

  [[nodiscard]] bool ready() override { return trouble_.empty() || backoff_.over(); }
  [[nodiscard]] bool knows_repeats() const override { return false; }
  [[nodiscard]] std::string const& trouble() const override { return trouble_; }
  [[nodiscard]] std::uint64_t reconnections() const override { return 0; }

  void hand_over(Outgoing const& message) override {
    auto transfer = std::make_unique<Transfer>(message.number, body_of(message, form_));
    auto* const handle = transfer->handle();
    curl_easy_setopt(handle, CURLOPT_URL, url_.c_str());
    transfer->post();
    if (!ca_.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, ca_.c_str());
    append(transfer->headers, content_type());
    append(transfer->headers, "Idempotency-Key: " + message.key);
    append(transfer->headers, "Expect:");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, transfer->headers.get());
    transfers_.begin(std::move(transfer));
  }

  void work(Time until, std::vector<Answer>& answers) override { transfers_.work(until, answers); }

 private:
  [[nodiscard]] std::string content_type() const {
    switch (form_) {
      case Form::protobuf:
        return "Content-Type: application/protobuf";
      case Form::json:
        return "Content-Type: application/json";
      default:
        return "Content-Type: text/plain; charset=us-ascii";
    }
  }

  Answer judge(Transfer& transfer, CURLcode code) {
    if (code == CURLE_OK) {
      trouble_.clear();
      backoff_.succeeded();
      long status = 0;
      curl_easy_getinfo(transfer.handle(), CURLINFO_RESPONSE_CODE, &status);
      return judge_status(transfer.number(), status, transfer.answer());
    }
    if (backoff_.over()) backoff_.failed();
    trouble_ = transfer.why(code);
    // An open connection that broke is made anew by libcurl: that nobody is there then says nothing of what
    // went out before.
    bool const nothing_left = never_began(code) && !transfer.body_begun();
    return {transfer.number(), nothing_left ? Result::not_taken : Result::unknown, trouble_};
  }

  std::string url_, ca_;
  Form form_;
  Transfers transfers_;
  std::string trouble_;
  Backoff backoff_;
};

}  // namespace

Opened open_webhook(Address const& address) {
  auto const form = address.option("as", "text");
  if (form == "text") return std::make_unique<Webhook>(address, Form::text);
  if (form == "protobuf") return std::make_unique<Webhook>(address, Form::protobuf);
  if (form == "json") return std::make_unique<Webhook>(address, Form::json);
  return fmt::format("'{}' is no form; there is text, protobuf, json", form);
}

}  // namespace torntape::send
