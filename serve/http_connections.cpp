#include "serve/http_connections.h"

namespace gradus {

void Connections::add(Connection& connection, Connection::State state) {
  List& to = list(state);
  connection.state_ = state;
  connection.moved_ = ++moves_;
  connection.place_ = to.insert(to.end(), &connection);
}

void Connections::move(Connection& connection, Connection::State state) {
  List& to = list(state);
  to.splice(to.end(), list(connection.state_), connection.place_);
  connection.state_ = state;
  connection.moved_ = ++moves_;
}

void Connections::remove(Connection& connection) {
  list(connection.state_).erase(connection.place_);
}

std::size_t Connections::size() const {
  std::size_t all = 0;
  for (const List& each : lists_) all += each.size();
  return all;
}

std::vector<Connection*> Connections::in(Connection::State state) const {
  return {list(state).begin(), list(state).end()};
}

Connection* Connections::first_of(std::initializer_list<Connection::State> states) const {
  for (const auto state : states)
    if (!list(state).empty()) return list(state).front();
  return nullptr;
}

Connection* Connections::first_to_go() const {
  using State = Connection::State;
  if (Connection* const departing = first_of({State::kDeparting})) return departing;
  Connection* stillest = nullptr;
  for (const auto state : {State::kReading, State::kQueued, State::kAnswering}) {
    Connection* const first = first_of({state});
    if (first != nullptr && (stillest == nullptr || first->moved_ < stillest->moved_))
      stillest = first;
  }
  return stillest;
}

Connection* Connections::next_in_turn() const {
  return first_of({Connection::State::kQueued, Connection::State::kDeparting});
}

}  // namespace gradus
