#include "serve/http_editions.h"

#include "serve/gzip.h"

namespace gradus {

HttpAnswer packed_answer(HttpResponse made, Packing packing, std::size_t gzip_from_bytes) {
  HttpAnswer answer{made.status, std::move(made.content_type), std::move(made.headers), nullptr};
  if (packing == Packing::kGzip && made.body.size() >= gzip_from_bytes) {
    made.body = gzip(made.body);
    answer.headers.emplace_back("Content-Encoding", "gzip");
  }
  answer.body = std::make_shared<const std::string>(std::move(made.body));
  return answer;
}

HttpAnswer HttpEditions::get(const HttpRoute& route, Packing packing, std::size_t gzip_from_bytes) {
  const std::uint64_t version = route.version();
  const auto [found, fresh] = editions_.try_emplace(&route);
  Edition& edition = found->second;
  if (fresh || edition.version != version) edition = {version, route.get({route.path}), {}};
  const auto known = edition.answers.find(packing);
  if (known != edition.answers.end()) return known->second;
  return edition.answers.emplace(packing, packed_answer(edition.made, packing, gzip_from_bytes))
      .first->second;
}

}  // namespace gradus
