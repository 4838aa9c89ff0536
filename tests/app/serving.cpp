#include "tests/app/serving.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <future>

#include "app/url.h"

namespace gradus::test {

Socket::Socket(std::uint16_t port, int receive_buffer) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval timeout{2, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  if (receive_buffer > 0)
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
}

Socket::~Socket() { ::close(fd_); }

void Socket::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string Socket::receive(std::string_view end) const {
  std::string out;
  char buffer[4096];
  while (end.empty() || !out.ends_with(end)) {
    const ssize_t got = ::recv(fd_, buffer, sizeof buffer, 0);
    if (got <= 0) break;
    out.append(buffer, static_cast<std::size_t>(got));
  }
  return out;
}

std::string Socket::receive_bytes(std::size_t count) const {
  std::string out(count, '\0');
  const ssize_t got = ::recv(fd_, out.data(), count, MSG_WAITALL);
  out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return out;
}

Serving::Serving(std::vector<HttpRoute> routes, HttpLimits limits)
    : work_(boost::asio::make_work_guard(io_)) {
  auto made = HttpServer::listen(io_, "127.0.0.1:0", std::move(routes), stats_, limits);
  server_ = std::move(*made);
  url_ = server_->url();
  thread_ = std::jthread([this] { io_.run(); });
}

Serving::~Serving() {
  boost::asio::post(io_, [this] {
    server_->stop();
    work_.reset();
    io_.stop();
  });
  thread_.join();
}

std::uint16_t Serving::port() const { return parse_address(url_.substr(7))->port; }

std::string Serving::raw(std::string_view bytes) const {
  const Socket socket(port());
  socket.send(bytes);
  return socket.receive_all();
}

void Serving::on_thread(const std::function<void(HttpServer&)>& work) const {
  std::promise<void> done;
  boost::asio::post(io_, [&] {
    work(*server_);
    done.set_value();
  });
  done.get_future().wait();
}

}  // namespace gradus::test
