#include "serve/http_session.h"

#include <poll.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <iterator>
#include <optional>
#include <utility>

#include "serve/host_check.h"
#include "serve/http_answer.h"

namespace gradus {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Request = http::request<http::string_body>;
using Response = http::response<http::span_body<const char>>;

constexpr auto kLongestFarewell = std::chrono::seconds(2);
constexpr std::size_t kMostDiscarded = std::size_t{1} << 20;

std::string_view view_of(beast::string_view text) { return {text.data(), text.size()}; }

HttpCall call_of(const Request& request) {
  return {view_of(request.method_string()), view_of(request.target()),
          view_of(request[http::field::content_type]),
          view_of(request[http::field::accept_encoding]), request.body()};
}

/// `answer` has to outlive it.
Response response_of(const HttpAnswer& answer, unsigned version) {
  Response response(static_cast<http::status>(answer.status), version);
  response.set(http::field::content_type, answer.content_type);
  for (const auto& [name, value] : answer.headers) response.set(name, value);
  response.body() = {answer.body->data(), answer.body->size()};
  return response;
}

/// Why a request cannot be meant for us; nothing where it is.
std::optional<HttpResponse> refused_host(const Request& request, const HttpShared& shared) {
  const auto hosts = request.equal_range(http::field::host);
  const auto count = std::distance(hosts.first, hosts.second);
  const bool may_lack = request.version() < 11;
  if (count > 1 || (count == 0 && !may_lack))
    return http_error(400, "a request has exactly one Host header");
  if (count == 0) return std::nullopt;
  const auto name = host_name(view_of(hosts.first->value()));
  if (!name) return http_error(400, "the Host header is not a host with or without a port");
  if (shared.any_host || is_own_host(*name, shared.limits.hosts)) return std::nullopt;
  return http_error(421,
                    "gradus is reached by its IP address, as localhost, or under a name that is "
                    "listed in serve.hosts; the Host header has another one");
}

/// Answers one request that waits for its turn, and comes back for the next behind everything that
/// the sockets brought meanwhile.
void take_turns(const asio::any_io_executor& executor, std::shared_ptr<HttpShared> shared) {
  if (shared->turn_is_due) return;
  shared->turn_is_due = true;
  asio::post(executor, [executor, shared] {
    shared->turn_is_due = false;
    Connection* const next = shared->connections.next_in_turn();
    if (next == nullptr) return;
    next->take_turn();
    take_turns(executor, shared);
  });
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
    shared_->connections.add(*this, State::kReading);
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
    send(packed_answer(std::move(refused), Packing::kPlain, 0), 11, Close::kYes);
  }

  void make_room() override {
    const auto self = std::move(kept_for_turn_);
    if (!open_) return;
    const bool half_a_request = reading_ && (parser_->got_some() || buffer_.size() > 0);
    if (half_a_request) say_last(408, "Request Timeout\r\n");
    if (waits_for_turn_) say_last(503, "Service Unavailable\r\nRetry-After: 1\r\n");
    close();
  }
  void take_turn() override {
    const auto self = std::move(kept_for_turn_);
    shared_->connections.move(*this, State::kAnswering);
    waits_for_turn_ = false;
    if (client() == Client::kGone) return close();
    answer_now();
  }
  void stop() override {
    const auto self = std::move(kept_for_turn_);
    close();
  }

 private:
  enum class Close : std::uint8_t { kNo, kYes };
  enum class Client : std::uint8_t { kThere, kDeparting, kGone };

  /// What the system knows of the client, whatever of it was read.
  Client client() {
    pollfd look{stream_.socket().native_handle(), POLLRDHUP, 0};
    if (::poll(&look, 1, 0) <= 0) return Client::kThere;
    return (look.revents & (POLLHUP | POLLERR)) != 0 ? Client::kGone : Client::kDeparting;
  }

  /// Without waiting: the place is needed now.
  void say_last(unsigned status, std::string_view reason_and_headers) {
    const std::string answer = "HTTP/1.1 " + std::to_string(status) + " " +
                               std::string(reason_and_headers) +
                               "Connection: close\r\nContent-Length: 0\r\n\r\n";
    beast::error_code ignored;
    stream_.socket().non_blocking(true, ignored);
    stream_.socket().write_some(asio::buffer(answer), ignored);
    count_answer(shared_->routes, shared_->stats, "", status);
  }

  void answer(beast::error_code error) {
    reading_ = false;  // from here on nothing but the answer may be written
    if (!open_) return;
    if (error) {
      auto refused = refusal(error, shared_->limits);
      return refused ? refuse(std::move(*refused)) : close();
    }
    const Client there = client();
    if (there == Client::kGone) return close();
    const Request& request = parser_->get();
    if (auto refused = refused_host(request, *shared_)) return refuse(std::move(*refused));
    const HttpCall call = call_of(request);
    if (EventFeed* feed = find_feed(shared_->routes, call)) return stream(*feed, call);
    if (there == Client::kThere && has_edition(shared_->routes, call)) return answer_now();
    wait_for_turn(there == Client::kThere ? State::kQueued : State::kDeparting);
  }

  void wait_for_turn(State state) {
    kept_for_turn_ = shared_from_this();
    waits_for_turn_ = state == State::kQueued;
    shared_->connections.move(*this, state);
    take_turns(stream_.get_executor(), shared_);
  }

  void answer_now() {
    const Request& request = parser_->get();
    head_ = request.method() == http::verb::head;
    send(answer_call(shared_->routes, shared_->editions, shared_->limits, shared_->stats,
                     call_of(request)),
         request.version(), request.keep_alive() ? Close::kNo : Close::kYes);
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

  void send(HttpAnswer answer, unsigned version, Close then) {
    shared_->connections.move(*this, State::kAnswering);
    answer_ = std::move(answer);
    response_ = response_of(answer_, version);
    response_.keep_alive(then == Close::kNo);
    response_.prepare_payload();
    if (head_) response_.body() = {};  // the length that GET would have stays in the header
    serializer_.emplace(response_);
    write(then);
  }

  /// Piece by piece: whoever takes one keeps its place before those who take none.
  void write(Close then) {
    stream_.expires_after(std::chrono::seconds(shared_->limits.idle_seconds));
    http::async_write_some(stream_, *serializer_,
                           [self = shared_from_this(), then](beast::error_code error, std::size_t) {
                             if (!self->open_) return;
                             if (error) return self->close();
                             if (self->serializer_->is_done()) return self->written(then);
                             self->shared_->connections.move(*self, State::kAnswering);
                             self->write(then);
                           });
  }
  void written(Close then) {
    shared_->connections.move(*this, State::kReading);
    head_ = false;
    serializer_.reset();
    response_ = {};
    answer_ = {};
    then == Close::kYes ? part() : read();
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
  HttpAnswer answer_;
  Response response_;  // of answer_
  std::optional<http::response_serializer<http::span_body<const char>>>
      serializer_;  // of response_
  std::array<char, 4096> discarded_{};
  std::size_t discarded_bytes_ = 0;
  bool head_ = false;
  bool open_ = true;
  bool reading_ = false;
  bool waits_for_turn_ = false;
  std::shared_ptr<Session> kept_for_turn_;  // meanwhile no operation of the socket keeps it
};

}  // namespace

void start_http_session(tcp::socket socket, std::shared_ptr<HttpShared> shared) {
  std::make_shared<Session>(std::move(socket), std::move(shared))->read();
}

}  // namespace gradus
