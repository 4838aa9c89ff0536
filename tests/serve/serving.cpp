#include "tests/serve/serving.h"

#include <boost/asio/post.hpp>
#include <future>

#include "serve/url.h"

namespace gradus::test {

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
