#include <sys/ioctl.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "serve/http_answer.h"
#include "serve/http_session.h"

namespace gradus {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using SystemError = boost::system::error_code;

constexpr auto kLook = std::chrono::milliseconds(250);  // while a client has not taken everything

std::string stream_head() {
  std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n";
  // Asks nginx not to hold back what is small.
  head += "X-Accel-Buffering: no\r\n";
  for (const auto& [name, value] : common_headers()) head += name + ": " + value + "\r\n";
  return head + "\r\nretry: 2000\n\n";
}

/// An endless answer. At any time it owes its client at most one message: the next one is asked of
/// the feed when the client's system has acknowledged the whole of the last.
class EventSession final : public Connection, public std::enable_shared_from_this<EventSession> {
 public:
  EventSession(tcp::socket socket, std::shared_ptr<HttpShared> shared, EventFeed& feed)
      : socket_(std::move(socket)),
        shared_(std::move(shared)),
        feed_(feed),
        timer_(socket_.get_executor()) {
    shared_->connections.add(*this, State::kStreaming);
  }
  ~EventSession() override { leave(); }
  EventSession(const EventSession&) = delete;
  EventSession& operator=(const EventSession&) = delete;

  void start() {
    SystemError ignored;
    socket_.non_blocking(true, ignored);
    texts_ = {std::make_shared<const std::string>(stream_head())};
    for (EventFeed::Text& text : feed_.next(seen_)) texts_.push_back(std::move(text));
    read();
    write();
  }

  void make_room() override { close(); }
  void wake() override {
    if (open_ && !busy_) send_next();
  }
  void say_goodbye() override {
    if (!open_ || farewell_ != Farewell::kNone) return;
    farewell_ = Farewell::kOwed;
    // Behind a message that is half written it has to wait until the client takes the rest.
    if (buffers_.empty()) write_goodbye();
  }
  void stop() override {
    // No time is left to wait for the client: what its system does not take now is lost.
    say_goodbye();
    close();
  }

 private:
  enum class Farewell : std::uint8_t { kNone, kOwed, kWritten };

  /// A client has nothing to say on an event stream; reading finds out when it goes.
  void read() {
    socket_.async_read_some(asio::buffer(heard_), [self = shared_from_this()](
                                                      const SystemError& error, std::size_t bytes) {
      self->heard_bytes_ += bytes;
      const bool chatters = self->heard_bytes_ > self->shared_->limits.header_bytes;
      if (error || chatters) return self->close();
      self->read();
    });
  }

  void send_next() {
    if (farewell_ != Farewell::kNone) return;
    texts_ = feed_.next(seen_);
    if (!texts_.empty()) write();
  }

  void write_goodbye() {
    farewell_ = Farewell::kWritten;
    texts_ = feed_.next(seen_);
    texts_.push_back(std::make_shared<const std::string>(feed_.farewell()));
    write();
  }

  void write() {
    busy_ = true;
    buffers_.clear();
    for (const EventFeed::Text& text : texts_) buffers_.push_back(asio::buffer(*text));
    takes_something();
    look_later();
    write_rest();
  }

  /// Writes at once what the client's system takes, and the rest when it takes more: between two
  /// calls it is known what the client has.
  void write_rest() {
    while (!buffers_.empty()) {
      SystemError error;
      const std::size_t bytes = socket_.write_some(buffers_, error);
      if (error == asio::error::would_block) return write_when_possible();
      if (error) return close();
      wrote(bytes);
    }
    texts_.clear();
    if (farewell_ == Farewell::kOwed) return write_goodbye();
    if (unacknowledged() == 0) done();
  }

  void write_when_possible() {
    socket_.async_wait(tcp::socket::wait_write,
                       [self = shared_from_this()](const SystemError& error) {
                         if (error) return self->close();
                         self->write_rest();
                       });
  }

  void wrote(std::size_t bytes) {
    takes_something();
    while (!buffers_.empty() && bytes >= buffers_.front().size()) {
      bytes -= buffers_.front().size();
      buffers_.erase(buffers_.begin());
    }
    if (!buffers_.empty()) buffers_.front() += bytes;
  }

  void done() {
    busy_ = false;
    timer_.cancel();
    send_next();
  }

  void takes_something() { last_taken_ = std::chrono::steady_clock::now(); }

  /// Bytes that the system holds for the client.
  int unacknowledged() {
    int bytes = 0;
    return ::ioctl(socket_.native_handle(), TIOCOUTQ, &bytes) == 0 ? bytes : 0;
  }

  /// Looks from time to time how the client takes the message, until it has the whole.
  void look() {
    if (!open_ || !busy_) return;
    const int before = std::exchange(waiting_, unacknowledged());
    if (waiting_ < before) takes_something();
    if (buffers_.empty() && waiting_ == 0) return done();
    const std::chrono::seconds patience(shared_->limits.idle_seconds);
    if (std::chrono::steady_clock::now() - last_taken_ >= patience) return close();
    look_later();
  }

  void look_later() {
    timer_.expires_after(kLook);
    timer_.async_wait([self = shared_from_this()](const SystemError& error) {
      if (!error) self->look();
    });
  }

  void close() {
    if (!open_) return;
    leave();
    timer_.cancel();
    SystemError ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }
  void leave() {
    if (std::exchange(open_, false)) shared_->connections.remove(*this);
  }

  tcp::socket socket_;
  std::shared_ptr<HttpShared> shared_;
  EventFeed& feed_;
  asio::steady_timer timer_;
  std::uint64_t seen_ = 0;
  std::vector<EventFeed::Text> texts_;       // the message under way
  std::vector<asio::const_buffer> buffers_;  // what is not written of it
  std::array<char, 512> heard_{};
  std::size_t heard_bytes_ = 0;
  int waiting_ = 0;
  std::chrono::steady_clock::time_point last_taken_;
  bool busy_ = false;  // the client does not have the whole message yet
  Farewell farewell_ = Farewell::kNone;
  bool open_ = true;
};

}  // namespace

void start_event_session(tcp::socket socket, std::shared_ptr<HttpShared> shared, EventFeed& feed) {
  std::make_shared<EventSession>(std::move(socket), std::move(shared), feed)->start();
}

}  // namespace gradus
