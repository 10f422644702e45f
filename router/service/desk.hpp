// The teaching desk: the pages of web/, built into the program, for a browser that talks to this port alone
// (docs/desk.md). Where it was not built in, a plain page says so.
#pragma once

#include <span>
#include <string_view>

#include "router/service/http_call.hpp"

namespace torntape::service {

struct DeskFile {
  std::string_view name;  // below /assets/; "index.html" is the page at /
  std::string_view content_type;
  std::string_view etag;  // with its quotes
  std::string_view plain;
  std::string_view gzip;
};

// What was built in: written by web/embed.mjs.
[[nodiscard]] std::span<DeskFile const> desk_files();

// One of the files, as the request wants it; 404 where there is none of the name, and for the page one that
// says so.
[[nodiscard]] HttpResponse desk_answer(std::span<DeskFile const> files, std::string_view name,
                                       HttpRequest const& request);

}  // namespace torntape::service
