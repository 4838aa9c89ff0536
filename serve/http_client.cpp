#include "serve/http_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <memory>
#include <utility>

#include "serve/url.h"

namespace gradus {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::asio::ip::tcp;
constexpr std::string_view kScheme = "http://";
constexpr auto kDeadline = std::chrono::seconds(5);
constexpr unsigned kHttp11 = 11;

using Done = std::function<void(Result<FetchedPage>)>;

/// Connects, writes and reads, one after the other, under one deadline; lives as long as that
/// takes.
class Fetch : public std::enable_shared_from_this<Fetch> {
 public:
  Fetch(boost::asio::io_context& io, std::string_view url, Done done)
      : url_(url), done_(std::move(done)), stream_(io) {}

  void start(const HostPort& to, std::string_view authority,
             http::request<http::string_body> request) {
    request_ = std::move(request);
    request_.set(http::field::host, beast::string_view(authority.data(), authority.size()));
    request_.set(http::field::connection, "close");
    request_.prepare_payload();
    parser_.body_limit(64u << 20);
    // Names too, such as localhost; an address resolves to itself.
    beast::error_code error;
    const auto found =
        tcp::resolver(stream_.get_executor()).resolve(to.host, std::to_string(to.port), error);
    stream_.expires_after(kDeadline);
    if (error)
      boost::asio::post(stream_.get_executor(),
                        [self = shared_from_this(), error] { self->finish(error); });
    else
      stream_.async_connect(
          found, [self = shared_from_this()](beast::error_code wrong, const tcp::endpoint&) {
            if (wrong) return self->finish(wrong);
            self->write();
          });
  }

 private:
  void write() {
    http::async_write(stream_, request_,
                      [self = shared_from_this()](beast::error_code wrong, std::size_t) {
                        if (wrong) return self->finish(wrong);
                        self->read();
                      });
  }
  void read() {
    http::async_read(
        stream_, buffer_, parser_,
        [self = shared_from_this()](beast::error_code wrong, std::size_t) { self->finish(wrong); });
  }
  void finish(beast::error_code error) {
    if (error)
      done_(fail(ErrorCode::kUnavailable, "no answer from " + url_ + ": " + error.message()));
    else
      done_(FetchedPage{parser_.get().result_int(), parser_.get().body()});
  }

  std::string url_;
  Done done_;
  beast::tcp_stream stream_;
  http::request<http::string_body> request_;
  http::response_parser<http::string_body> parser_;
  beast::flat_buffer buffer_;
};

/// Sends the request to where the URL points.
void exchange(boost::asio::io_context& io, std::string_view url,
              http::request<http::string_body> request, Done done) {
  const std::string_view rest = url.starts_with(kScheme) ? url.substr(kScheme.size()) : "";
  const std::string_view authority = rest.substr(0, rest.find('/'));
  const auto to = parse_address(authority);
  if (!to) {
    boost::asio::post(io, [done = std::move(done), named = std::string(url)] {
      done(
          fail(ErrorCode::kBadConfig, "'" + named + "' is not a URL of the form http://HOST:PORT"));
    });
    return;
  }
  request.target(authority.size() < rest.size() ? std::string(rest.substr(authority.size())) : "/");
  std::make_shared<Fetch>(io, url, std::move(done))->start(*to, authority, std::move(request));
}

http::request<http::string_body> get_request() { return {http::verb::get, "/", kHttp11}; }

Result<FetchedPage> exchange_now(std::string_view url, http::request<http::string_body> request) {
  boost::asio::io_context io;
  Result<FetchedPage> answer;
  exchange(io, url, std::move(request),
           [&answer](Result<FetchedPage> page) { answer = std::move(page); });
  io.run();
  return answer;
}

}  // namespace

Result<FetchedPage> fetch(std::string_view url) { return exchange_now(url, get_request()); }

void fetch(boost::asio::io_context& io, std::string_view url, Done done) {
  exchange(io, url, get_request(), std::move(done));
}

Result<FetchedPage> post_json(std::string_view url, std::string body) {
  http::request<http::string_body> request(http::verb::post, "/", kHttp11, std::move(body));
  request.set(http::field::content_type, "application/json");
  return exchange_now(url, std::move(request));
}

}  // namespace gradus
