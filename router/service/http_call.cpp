#include "router/service/http_call.hpp"

#include <charconv>
#include <exception>
#include <utility>

#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "router/service/response.hpp"
#include "router/service/wrong_tokens.hpp"
#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace torntape::service {
namespace {

unsigned status_of(v1::Reason reason) {
  switch (reason) {
    case v1::REASON_MALFORMED:
      return 400;
    case v1::REASON_INVALID:
    case v1::REASON_UNROUTABLE:
      return 422;
    case v1::REASON_TOO_LARGE:
      return 413;
    case v1::REASON_UNAUTHENTICATED:
      return 401;
    case v1::REASON_FORBIDDEN:
      return 403;
    case v1::REASON_FULL:
    case v1::REASON_STORE:
    case v1::REASON_CLOSING:
      return 503;
    case v1::REASON_NOT_FOUND:
      return 404;
    case v1::REASON_NOT_HANDED_OUT:
      return 409;
    default:
      return 500;
  }
}

// "Bearer TOKEN" (RFC 6750); none where there is no such thing.
std::optional<std::string_view> bearer_token(HttpRequest const& request) {
  constexpr std::string_view scheme = "Bearer ";
  auto const given = request.header("Authorization");
  if (!given || !equal_ignoring_case(given->substr(0, scheme.size()), scheme)) return std::nullopt;
  return given->substr(scheme.size());
}

}  // namespace

HttpCall::HttpCall(Floor& floor, HttpRequest request, HttpRespond respond)
    : floor_{floor},
      request_{std::move(request)},
      respond_{std::move(respond)},
      caller_{floor.guard, request_.certificate_names} {
  auto const token = bearer_token(request_);
  if (token && !caller_.show(*token)) tell_wrong_token({});
}

std::optional<std::string> HttpCall::parameter(std::string_view name) const {
  for (auto const& [known, value] : target_.query)
    if (known == name) return value;
  return std::nullopt;
}

std::optional<std::uint32_t> HttpCall::number(std::string_view name, std::uint32_t unless_given,
                                              std::uint32_t most) {
  auto const text = parameter(name);
  if (!text) return unless_given;
  std::uint32_t value = 0;
  auto const* const end = text->data() + text->size();
  auto const [stop, error] = std::from_chars(text->data(), end, value);
  if (error == std::errc{} && stop == end && value >= 1 && value <= most) return value;
  refuse(400, fmt::format("`{}` is expected to be 1 to {}", name, most));
  return std::nullopt;
}

void HttpCall::set_target(HttpTarget target, std::vector<std::string> captured) {
  target_ = std::move(target);
  captured_ = std::move(captured);
}

void HttpCall::answer(google::protobuf::Message const& message, unsigned status, HttpHeaders headers) {
  HttpResponse response{.status = status, .content_type = std::string{type_}, .headers = std::move(headers)};
  response.body = type_ == media::protobuf ? message.SerializeAsString() : wire::to_json(message) + '\n';
  respond_(std::move(response));
}

void HttpCall::answer_text(std::string_view content_type, std::string text) {
  HttpResponse response{.content_type = std::string{content_type}};
  response.body = std::move(text);
  respond_(std::move(response));
}

void HttpCall::answer_nothing() { respond_(HttpResponse{.status = 204}); }

void HttpCall::answer_as(HttpResponse response) { respond_(std::move(response)); }

void HttpCall::answer_events(std::string first, std::uint64_t after) {
  HttpResponse response{.content_type = std::string{media::events}};
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = std::move(first);
  response.events_after = after;
  respond_(std::move(response));
}

HttpResponse response_of(v1::Problem problem) {
  problem.set_type("about:blank");
  problem.set_title(std::string{status_title(problem.status())});
  HttpResponse response{.status = problem.status(), .content_type = std::string{media::problem}};
  response.body = wire::to_json(problem) + '\n';
  return response;
}

void HttpCall::refuse(v1::Problem problem, HttpHeaders headers) {
  auto response = response_of(std::move(problem));
  response.headers = std::move(headers);
  respond_(std::move(response));
}

void HttpCall::refuse(unsigned status, std::string_view detail, HttpHeaders headers) {
  v1::Problem problem;
  problem.set_status(status);
  problem.set_detail(wire::utf8(detail));
  refuse(std::move(problem), std::move(headers));
}

void HttpCall::refuse(v1::Refusal const& refusal) {
  v1::Problem problem;
  problem.set_status(status_of(refusal.reason()));
  problem.set_detail(refusal.message());
  problem.set_reason(refusal.reason());
  *problem.mutable_diagnostics() = refusal.diagnostics();
  HttpHeaders headers;
  if (problem.status() == 503) headers.emplace_back("Retry-After", "1");
  if (problem.status() == 401) headers.emplace_back("WWW-Authenticate", "Bearer");
  refuse(std::move(problem), std::move(headers));
}

void HttpCall::later(std::function<void(HttpCall&)> then) {
  boost::asio::post(floor_.judges, [self = shared_from_this(), then = std::move(then)] {
    try {
      then(*self);
    } catch (std::exception const& error) {
      spdlog::error("a request could not be answered: {}", error.what());
      self->refuse(500, "the request could not be answered");
    }
  });
}

Answer HttpCall::answer_then(Continue then) {
  auto shared = std::make_shared<Continue>(std::move(then));
  return [self = shared_from_this(), shared](Reply reply) {
    auto kept = std::make_shared<Reply>(std::move(reply));
    self->later([shared, kept](HttpCall& call) {
      if (auto const* const refused = std::get_if<relay::Refuse>(kept.get()))
        call.refuse(to_proto(*refused));
      else if (auto const* const unsaved = std::get_if<Unsaved>(kept.get()))
        call.refuse(to_proto(*unsaved));
      else
        (*shared)(call, std::move(*kept));
    });
  };
}

void HttpCall::handle(relay::Event event, Continue then) {
  floor_.house.handle(std::move(event), answer_then(std::move(then)));
}

void HttpCall::ask(Question question, Continue then) {
  floor_.house.ask(std::move(question), answer_then(std::move(then)));
}

}  // namespace torntape::service
