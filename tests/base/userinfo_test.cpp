#include "base/userinfo.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

TEST(Userinfo, IsHiddenInAddresses) {
  EXPECT_EQ(without_userinfo("https://me:secret@host/path"), "https://***@host/path");
  EXPECT_EQ(without_userinfo("https://token@host/path"), "https://***@host/path");
  EXPECT_EQ(without_userinfo("me:secret@a:9092,SASL_SSL://you:hidden@b:9092"),
            "***@a:9092,SASL_SSL://***@b:9092");
  EXPECT_EQ(without_userinfo("file:3: \"me:secret@host\" is no number"),
            "file:3: \"***@host\" is no number");
}

TEST(Userinfo, IsHiddenWhateverThePasswordHolds) {
  EXPECT_EQ(without_userinfo("https://me:p@ss/w?rd#1@host"), "https://***@host");
  EXPECT_EQ(without_userinfo("me:p:a@s@host"), "***@host");
}

TEST(Userinfo, IsNotSeenInOtherTexts) {
  for (const char* text : {"", "localhost:9092, b:9092", "stall@2000", "me@host",
                           "12:00:01 WARNING app: step 5", "http://127.0.0.1:9630/", "@", " a  b "})
    EXPECT_EQ(without_userinfo(text), text);
}

}  // namespace
}  // namespace gradus
