#include "serve/http_connections.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

using State = Connection::State;

struct Client : Connection {
  void make_room() override {}
  void stop() override {}
};

class ConnectionsTest : public ::testing::Test {
 protected:
  Connections open_;
  Client first_, second_, third_;
};

TEST_F(ConnectionsTest, GiveThePlaceOfTheClientForWhichNothingMovedForLongest) {
  open_.add(first_, State::kReading);
  open_.add(second_, State::kReading);
  open_.add(third_, State::kReading);
  EXPECT_EQ(open_.first_to_go(), &first_);
  open_.move(first_, State::kAnswering);
  EXPECT_EQ(open_.first_to_go(), &second_);
  open_.move(second_, State::kQueued);
  open_.move(third_, State::kReading);
  EXPECT_EQ(open_.first_to_go(), &first_) << "it takes nothing of its answer";
  open_.move(first_, State::kAnswering);
  EXPECT_EQ(open_.first_to_go(), &second_) << "the first one took a piece";
}

TEST_F(ConnectionsTest, GiveThePlaceOfAClientThatHasGoneBeforeThat) {
  open_.add(first_, State::kReading);
  open_.add(second_, State::kDeparting);
  EXPECT_EQ(open_.first_to_go(), &second_);
  open_.remove(second_);
  EXPECT_EQ(open_.first_to_go(), &first_);
}

TEST_F(ConnectionsTest, LeaveStreamsWhereTheyAre) {
  open_.add(first_, State::kStreaming);
  EXPECT_EQ(open_.first_to_go(), nullptr);
  open_.add(second_, State::kAnswering);
  EXPECT_EQ(open_.first_to_go(), &second_);
}

}  // namespace
}  // namespace gradus
