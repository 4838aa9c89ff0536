#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gradus::test {

/// A client that sends bytes as they are. A read or a write waits two seconds at most.
class Socket {
 public:
  explicit Socket(std::uint16_t port, int receive_buffer = 0);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  bool connected() const { return connected_; }
  /// Sends what the server is willing to take within two seconds; it may refuse before it has taken
  /// everything.
  void send(std::string_view bytes) const;
  /// All bytes until the server closes.
  std::string receive_all() const { return receive(""); }
  /// All bytes until they end with `end`, or the server closes.
  std::string receive(std::string_view end) const;
  /// So many bytes, fewer where the server closes.
  std::string receive_bytes(std::size_t count) const;

 private:
  int fd_;
  bool connected_ = false;
};

/// A port of 127.0.0.1 that is free and stays so: taken, but not listened on, so that a server that
/// is told to can listen there, now and again.
class ReservedPort {
 public:
  ReservedPort();
  ~ReservedPort();
  ReservedPort(const ReservedPort&) = delete;
  ReservedPort& operator=(const ReservedPort&) = delete;

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  int fd_;
  std::uint16_t port_ = 0;
};

}  // namespace gradus::test
