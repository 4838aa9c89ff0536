#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "serve/http_server.h"
#include "tests/support/socket.h"

namespace gradus::test {

/// A server on a free port with its io_context on a thread of its own.
class Serving {
 public:
  explicit Serving(std::vector<HttpRoute> routes, HttpLimits limits = {});
  ~Serving();
  const std::string& url() const { return url_; }
  std::uint16_t port() const;
  /// Sends bytes and gives all that comes back until the server closes.
  std::string raw(std::string_view bytes) const;
  /// Runs `work` on the server's thread and waits for its end.
  void on_thread(const std::function<void(HttpServer&)>& work) const;

 private:
  mutable boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  ServerStats stats_;
  std::unique_ptr<HttpServer> server_;
  std::string url_;
  std::jthread thread_;
};

}  // namespace gradus::test
