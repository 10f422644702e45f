// One request under way at the HTTP port: what was asked, and the ways to answer it. Lives until it is
// answered.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/message.h>
#include <torntape/v1/problem.pb.h>

#include "router/service/caller.hpp"
#include "router/service/floor.hpp"
#include "router/service/http_message.hpp"

namespace torntape::service {

namespace media {
inline constexpr std::string_view json = "application/json";
inline constexpr std::string_view problem = "application/problem+json";
inline constexpr std::string_view protobuf = "application/protobuf";
inline constexpr std::string_view text = "text/plain; charset=utf-8";
inline constexpr std::string_view events = "text/event-stream";
}  // namespace media

// A refusal (RFC 9457), with its title and type.
[[nodiscard]] HttpResponse response_of(v1::Problem problem);

class HttpCall : public std::enable_shared_from_this<HttpCall> {
 public:
  HttpCall(Floor& floor, HttpRequest request, HttpRespond respond);

  [[nodiscard]] Floor& floor() const { return floor_; }
  [[nodiscard]] HttpRequest& request() { return request_; }
  [[nodiscard]] Caller& caller() { return caller_; }
  // Of the route: what stands for its {…}, in order.
  [[nodiscard]] std::string const& captured(std::size_t i) const { return captured_.at(i); }
  // Of the query.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
  // A number of the query, 1 to `most`. None where it is no such number: then the request is refused.
  [[nodiscard]] std::optional<std::uint32_t> number(std::string_view name, std::uint32_t unless_given,
                                                    std::uint32_t most);

  // Answers; one of these, once. Any thread.
  void answer(google::protobuf::Message const& message, unsigned status = 200, HttpHeaders headers = {});
  void answer_text(std::string_view content_type, std::string text);
  void answer_nothing();
  void answer_as(HttpResponse response);
  void answer_events(std::string first, std::uint64_t after);
  void refuse(unsigned status, std::string_view detail, HttpHeaders headers = {});
  void refuse(v1::Refusal const& refusal);

  // Goes on with the switch's answer on a thread that may take its time; a refusal answers the call.
  using Continue = std::function<void(HttpCall&, Reply)>;
  void handle(relay::Event event, Continue then);
  void ask(Question question, Continue then);
  // Goes on there.
  void later(std::function<void(HttpCall&)> then);

  // Set by the interface before a route is called.
  void set_target(HttpTarget target, std::vector<std::string> captured);
  void set_type(std::string_view type) { type_ = type; }

 private:
  [[nodiscard]] Answer answer_then(Continue then);
  void refuse(v1::Problem problem, HttpHeaders headers);

  Floor& floor_;
  HttpRequest request_;
  HttpRespond respond_;
  Caller caller_;
  HttpTarget target_;
  std::vector<std::string> captured_;
  std::string_view type_ = media::json;  // of the answer
};

}  // namespace torntape::service
