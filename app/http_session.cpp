#include "app/http_session.h"

#include <array>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "app/host_check.h"
#include "app/http_answer.h"

namespace gradus {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

constexpr auto kLongestFarewell = std::chrono::seconds(2);
constexpr std::size_t kMostDiscarded = std::size_t{1} << 20;

std::string_view view_of(beast::string_view text) { return {text.data(), text.size()}; }

HttpCall call_of(const Request& request) {
  return {view_of(request.method_string()),
          view_of(request.target()),
          view_of(request[http::field::content_type]),
          view_of(request[http::field::accept_encoding]),
          view_of(request[http::field::host]),
          request.body()};
}

Response response_of(HttpResponse made, unsigned version) {
  Response response(static_cast<http::status>(made.status), version);
  response.set(http::field::content_type, made.content_type);
  for (const auto& [name, value] : made.headers) response.set(name, value);
  response.body() = std::move(made.body);
  return response;
}

/// The answer to what is no request; nothing where the client merely went or was silent too long.
std::optional<HttpResponse> refusal(beast::error_code error, const HttpLimits& limits) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow)
    return http_error(
        431, "the header is larger than " + std::to_string(limits.header_bytes) + " bytes");
  if (error == http::error::body_limit)
    return http_error(413,
                      "the body is larger than " + std::to_string(limits.body_bytes) + " bytes");
  if (error == http::error::bad_version) return http_error(505, "HTTP/1.1 is expected");
  if (error == beast::error::timeout)
    return std::nullopt;  // the stream has closed the socket already
  const bool not_http =
      error.category() == http::make_error_code(http::error::bad_method).category();
  if (not_http && error != http::error::end_of_stream && error != http::error::partial_message)
    return http_error(400, "not an HTTP request");
  return std::nullopt;
}

/// One connection: reads a request, answers it, and again.
class Session final : public Connection, public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, std::shared_ptr<HttpShared> shared)
      : stream_(std::move(socket)),
        shared_(std::move(shared)),
        buffer_(shared_->limits.header_bytes + shared_->limits.body_bytes) {
    shared_->connections.add(*this, State::kWaiting);
  }
  ~Session() override { leave(); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void read() {
    reading_ = true;
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_->limits.header_bytes));
    parser_->body_limit(shared_->limits.body_bytes);
    // Set once for the whole request: a client that sends a byte now and then gains nothing.
    stream_.expires_after(std::chrono::seconds(shared_->limits.idle_seconds));
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->answer(error); });
  }

  void refuse(HttpResponse refused) {
    for (auto& header : common_headers()) refused.headers.push_back(std::move(header));
    count_answer(shared_->routes, shared_->stats, "", refused.status);
    send(response_of(std::move(refused), 11), Close::kYes);
  }

  void make_room() override {
    if (!open_) return;
    const bool half_a_request = reading_ && (parser_->got_some() || buffer_.size() > 0);
    if (half_a_request) {
      // Without waiting: the place is needed now.
      constexpr std::string_view kTooSlow =
          "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
      beast::error_code ignored;
      stream_.socket().non_blocking(true, ignored);
      stream_.socket().write_some(asio::buffer(kTooSlow), ignored);
      count_answer(shared_->routes, shared_->stats, "", 408);
    }
    close();
  }
  void stop() override { close(); }

 private:
  enum class Close : std::uint8_t { kNo, kYes };

  void answer(beast::error_code error) {
    reading_ = false;  // from here on nothing but the answer may be written
    if (!open_) return;
    if (error) {
      auto refused = refusal(error, shared_->limits);
      return refused ? refuse(std::move(*refused)) : close();
    }
    const Request& request = parser_->get();
    const HttpCall call = call_of(request);
    if (!shared_->any_host && !is_own_host(call.host, shared_->limits.hosts)) return misdirected();
    if (EventFeed* feed = find_feed(shared_->routes, call)) return stream(*feed, call);
    head_ = request.method() == http::verb::head;
    const bool keep = request.keep_alive();
    Response response = response_of(
        answer_call(shared_->routes, shared_->limits, shared_->stats, call), request.version());
    response.keep_alive(keep);
    send(std::move(response), keep ? Close::kNo : Close::kYes);
  }

  void misdirected() {
    refuse(http_error(421,
                      "gradus is reached by its IP address, as localhost, or under a name that is "
                      "listed in serve.hosts; the Host header has another one"));
  }

  void stream(EventFeed& feed, const HttpCall& call) {
    if (shared_->connections.count(State::kStreaming) >= shared_->limits.event_streams) {
      HttpResponse full = http_error(503, "too many event streams; try again in a moment");
      full.headers.emplace_back("Retry-After", "10");
      return refuse(std::move(full));
    }
    count_answer(shared_->routes, shared_->stats, call.target, 200);
    leave();
    stream_.expires_never();
    start_event_session(stream_.release_socket(), shared_, feed);
  }

  void send(Response response, Close then) {
    shared_->connections.move(*this, State::kAnswering);
    if (then == Close::kYes) response.keep_alive(false);
    response_ = std::move(response);
    response_.prepare_payload();
    if (head_) response_.body().clear();  // the length that GET would have stays in the header
    stream_.expires_after(std::chrono::seconds(shared_->limits.idle_seconds));
    http::async_write(stream_, response_,
                      [self = shared_from_this(), then](beast::error_code error, std::size_t) {
                        if (!self->open_) return;
                        if (error) return self->close();
                        self->shared_->connections.move(*self, State::kWaiting);
                        self->head_ = false;
                        self->response_ = {};
                        then == Close::kYes ? self->part() : self->read();
                      });
  }

  /// Ends the answer and takes what the client still sends: to close upon unread bytes would reset
  /// the connection, and the client might never see the answer.
  void part() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kLongestFarewell);
    discard();
  }
  void discard() {
    stream_.async_read_some(
        asio::buffer(discarded_),
        [self = shared_from_this()](beast::error_code error, std::size_t bytes) {
          self->discarded_bytes_ += bytes;
          if (!self->open_ || error || self->discarded_bytes_ > kMostDiscarded)
            return self->close();
          self->discard();
        });
  }

  void close() {
    if (!open_) return;
    leave();
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.close();
  }
  void leave() {
    if (std::exchange(open_, false)) shared_->connections.remove(*this);
  }

  beast::tcp_stream stream_;
  std::shared_ptr<HttpShared> shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  Response response_;
  std::array<char, 4096> discarded_{};
  std::size_t discarded_bytes_ = 0;
  bool head_ = false;
  bool open_ = true;
  bool reading_ = false;
};

}  // namespace

void start_http_session(tcp::socket socket, std::shared_ptr<HttpShared> shared) {
  std::make_shared<Session>(std::move(socket), std::move(shared))->read();
}

}  // namespace gradus
