#include "app/http_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>

#include "app/url.h"

namespace gradus {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::asio::ip::tcp;
constexpr std::string_view kScheme = "http://";
constexpr auto kDeadline = std::chrono::seconds(5);
constexpr unsigned kHttp11 = 11;

/// Runs connect, write and read one after the other on an io_context of their own, under one
/// deadline.
class Fetch {
 public:
  Fetch(const HostPort& to, std::string_view authority, http::request<http::string_body> request)
      : stream_(io_), request_(std::move(request)) {
    request_.set(http::field::host, beast::string_view(authority.data(), authority.size()));
    request_.set(http::field::connection, "close");
    request_.prepare_payload();
    parser_.body_limit(64u << 20);
    // Names too, such as localhost; an address resolves to itself.
    const auto found = tcp::resolver(io_).resolve(to.host, std::to_string(to.port), error_);
    if (error_) return;
    stream_.expires_after(kDeadline);
    stream_.async_connect(
        found, [this](beast::error_code error, const tcp::endpoint&) { connected(error); });
    io_.run();
  }

  const beast::error_code& error() const { return error_; }
  FetchedPage page() { return {parser_.get().result_int(), parser_.get().body()}; }

 private:
  void connected(beast::error_code error) {
    error_ = error;
    if (error) return;
    http::async_write(stream_, request_, [this](beast::error_code wrong, std::size_t) {
      error_ = wrong;
      if (wrong) return;
      http::async_read(stream_, buffer_, parser_,
                       [this](beast::error_code end, std::size_t) { error_ = end; });
    });
  }

  boost::asio::io_context io_;
  beast::tcp_stream stream_;
  http::request<http::string_body> request_;
  http::response_parser<http::string_body> parser_;
  beast::flat_buffer buffer_;
  beast::error_code error_;
};

/// Sends the request to where the URL points.
Result<FetchedPage> exchange(std::string_view url, http::request<http::string_body> request) {
  const auto refuse = [&] {
    return fail(ErrorCode::kBadConfig,
                "'" + std::string(url) + "' is not a URL of the form http://HOST:PORT");
  };
  if (!url.starts_with(kScheme)) return refuse();
  const std::string_view rest = url.substr(kScheme.size());
  const std::string_view authority = rest.substr(0, rest.find('/'));
  const auto to = parse_address(authority);
  if (!to) return refuse();
  request.target(authority.size() < rest.size() ? std::string(rest.substr(authority.size())) : "/");
  Fetch fetch(*to, authority, std::move(request));
  if (fetch.error())
    return fail(ErrorCode::kUnavailable,
                "no answer from " + std::string(url) + ": " + fetch.error().message());
  return fetch.page();
}

}  // namespace

Result<FetchedPage> fetch(std::string_view url) {
  return exchange(url, http::request<http::string_body>(http::verb::get, "/", kHttp11));
}

Result<FetchedPage> post_json(std::string_view url, std::string body) {
  http::request<http::string_body> request(http::verb::post, "/", kHttp11, std::move(body));
  request.set(http::field::content_type, "application/json");
  return exchange(url, std::move(request));
}

}  // namespace gradus
