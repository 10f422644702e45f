#include "router/service/desk.hpp"

#include <algorithm>

namespace torntape::service {
namespace {

constexpr std::string_view page = "index.html";

// Scripts and styles of this port and nothing else: what a message holds can never run.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr std::string_view absent =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>torntape</title>\n"
    "<h1>torntape</h1>\n"
    "<p>The switch runs. The teaching desk is not built into this program: it needs Node.js and the packages "
    "that <code>script/bootstrap</code> installs; configure and build again then.</p>\n"
    "<p>The <a href=\"/api/v1/queues\">queues</a>, the <a href=\"/api/v1/rules\">rules</a> and the "
    "<a href=\"/openapi.json\">OpenAPI document</a> are there.</p>\n";

// "gzip, deflate, br" has it; "gzip;q=0" does not.
bool takes_gzip(std::string_view accepted) {
  auto const at = accepted.find("gzip");
  if (at == std::string_view::npos) return false;
  auto const rest = accepted.substr(at, accepted.find(',', at) - at);
  return rest.find("q=0") == std::string_view::npos || rest.find("q=0.") != std::string_view::npos;
}

void guard(HttpResponse& response, std::string_view name) {
  response.headers.emplace_back("Content-Security-Policy", policy);
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  // The name of an asset changes with what it holds.
  response.headers.emplace_back("Cache-Control",
                                name == page ? "no-cache" : "public, max-age=31536000, immutable");
}

HttpResponse not_there(std::string_view name) {
  HttpResponse response;
  if (name == page) {
    response.content_type = "text/html; charset=utf-8";
    response.body = absent;
    guard(response, name);
  } else {
    response.status = 404;
    response.content_type = media::text;
    response.body = "the desk has no such file\n";
  }
  return response;
}

}  // namespace

HttpResponse desk_answer(std::span<DeskFile const> files, std::string_view name, HttpRequest const& request) {
  auto const file = std::ranges::find(files, name, &DeskFile::name);
  if (file == files.end()) return not_there(name);
  HttpResponse response;
  guard(response, name);
  response.headers.emplace_back("ETag", file->etag);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  constexpr unsigned not_modified = 304;
  if (auto const known = request.header("If-None-Match"); known && known->find(file->etag) != known->npos) {
    response.status = not_modified;
    return response;
  }
  response.content_type = file->content_type;
  bool const gzip = takes_gzip(request.header("Accept-Encoding").value_or(""));
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = gzip ? file->gzip : file->plain;
  return response;
}

}  // namespace torntape::service
