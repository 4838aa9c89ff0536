#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <list>
#include <vector>

namespace gradus {

/// One client of the server, for as long as its socket is open.
class Connection {
 public:
  enum class State : std::uint8_t {
    kReading,    ///< its request is not complete
    kQueued,     ///< its request waits for its turn
    kDeparting,  ///< the same, and its client has closed its side: most likely it is gone
    kAnswering,
    kStreaming
  };
  virtual ~Connection() = default;
  /// Closes its socket because others need the place.
  virtual void make_room() = 0;
  /// Answers the request that waits for its turn.
  virtual void take_turn() {}
  /// A stream: looks whether there is something to send.
  virtual void wake() {}
  /// A stream: says what is new and goodbye, and stays until its client goes.
  virtual void say_goodbye() {}
  /// Closes its socket; a stream says goodbye first where it has not.
  virtual void stop() = 0;

 private:
  friend class Connections;
  State state_ = State::kReading;
  std::uint64_t moved_ = 0;  // larger than that of all that moved before
  std::list<Connection*>::iterator place_;
};

/// Which connections are open, each state's in the order in which they came to it.
/// Threads: owned by the main thread. Cost: O(1) but for `in`.
class Connections {
 public:
  /// `connection` must not be here yet; it is taken out before it is destroyed.
  void add(Connection& connection, Connection::State state);
  /// To the end of the order of `state`; also within its state, when its client gave or took
  /// something.
  void move(Connection& connection, Connection::State state);
  void remove(Connection& connection);

  std::size_t size() const;
  std::size_t count(Connection::State state) const { return list(state).size(); }
  /// Those in a state now, to go through while they come and go.
  std::vector<Connection*> in(Connection::State state) const;
  /// Who gives up its place first: a client that has closed its side, else the one for which
  /// nothing has moved for longest; null where there are only streams.
  Connection* first_to_go() const;
  /// Whose turn it is; null where nobody waits for it.
  Connection* next_in_turn() const;

 private:
  using List = std::list<Connection*>;
  Connection* first_of(std::initializer_list<Connection::State> states) const;
  const List& list(Connection::State state) const {
    return lists_[static_cast<std::size_t>(state)];
  }
  List& list(Connection::State state) { return lists_[static_cast<std::size_t>(state)]; }

  std::array<List, 5> lists_;
  std::uint64_t moves_ = 0;
};

}  // namespace gradus
