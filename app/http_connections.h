#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <vector>

namespace gradus {

/// One client of the server, for as long as its socket is open.
class Connection {
 public:
  enum class State : std::uint8_t { kWaiting, kAnswering, kStreaming };
  virtual ~Connection() = default;
  /// Closes its socket because others need the place.
  virtual void make_room() = 0;
  /// A stream: looks whether there is something to send.
  virtual void wake() {}
  /// A stream: says what is new and goodbye, and stays until its client goes.
  virtual void say_goodbye() {}
  /// Closes its socket; a stream says goodbye first where it has not.
  virtual void stop() = 0;

 private:
  friend class Connections;
  State state_ = State::kWaiting;
  std::list<Connection*>::iterator place_;
};

/// Which connections are open, each state's in the order in which they came to it.
/// Threads: owned by the main thread. Cost: O(1) but for `in`.
class Connections {
 public:
  /// `connection` must not be here yet; it is taken out before it is destroyed.
  void add(Connection& connection, Connection::State state);
  /// To the end of the order of `state`.
  void move(Connection& connection, Connection::State state);
  void remove(Connection& connection);

  std::size_t size() const;
  std::size_t count(Connection::State state) const { return list(state).size(); }
  /// Those in a state now, to go through while they come and go.
  std::vector<Connection*> in(Connection::State state) const;
  /// Who gives up its place first: the client that is awaited longest, else the one that takes
  /// longest over its answer; null where there are only streams.
  Connection* first_to_go() const;

 private:
  using List = std::list<Connection*>;
  const List& list(Connection::State state) const {
    return lists_[static_cast<std::size_t>(state)];
  }
  List& list(Connection::State state) { return lists_[static_cast<std::size_t>(state)]; }

  std::array<List, 3> lists_;
};

}  // namespace gradus
