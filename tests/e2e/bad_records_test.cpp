#include <nlohmann/json.hpp>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// A good question among bad ones, one for each reason that a line can have.
std::string questions() {
  const std::string good = R"({"task":"add1","prompt":"3+4=","answer":"7"})";
  std::string lines = good + "\n";
  lines += "\n";  // empty
  lines += R"({"task":"add1","prompt":"3+4=","ans)"
           "\n";                                                             // malformed
  lines += "{\"task\":\"add1\",\"prompt\":\"\xff+4=\",\"answer\":\"7\"}\n";  // invalid_utf8
  lines += std::string(10'000, '[') + std::string(10'000, ']') + "\n";       // too_deep
  lines += std::string(1, '\0') + "abcd\n";                                  // framing
  lines += R"({"task":"add1","prompt":"3+4="})"
           "\n";  // missing_field
  lines += R"({"task":"add1","prompt":3,"answer":"7"})"
           "\n";  // wrong_type
  lines += R"({"task":"add9","prompt":"3+4=","answer":"7"})"
           "\n";  // unknown_task
  lines += R"({"task":"add1","prompt":"3§4=","answer":"7"})"
           "\n";  // unknown_character
  lines += R"({"task":"add1","prompt":")" + std::string(1000, '1') +
           R"(=","answer":"7"})"
           "\n";                                    // too_long
  lines += std::string((1 << 20) + 1, ' ') + "\n";  // too_large
  return lines + good + "\n";
}

class BadRecords : public ::testing::Test {
 protected:
  /// Runs to the end with this policy.
  Finished run(const std::string& stream) const {
    folder_.write("gradus.yaml", "run: test\n" + stream);
    return run_gradus({"run", "--config", folder_ / "gradus.yaml", "--listen", "127.0.0.1:0",
                       "--until-end", "--set", "data=" + (folder_ / "data").string(), "--summary",
                       folder_ / "summary.json"});
  }
  std::string stream_of(const std::string& on_error) const {
    return "stream: {source: file, file: {path: " + (folder_ / "records.jsonl").string() +
           "}, on_error: " + on_error + "}\n";
  }
  json summary() const { return json::parse(read_file(folder_ / "summary.json")); }

  const TempDir folder_;
};

constexpr const char* kTransformer = "learner: {kind: transformer}\nladder: arithmetic\n";
constexpr const char* kLinear = "learner: {kind: linear, bits: 10, classes: 2}\n";

TEST_F(BadRecords, AreCountedByReasonAndSkipped) {
  folder_.write("records.jsonl", questions());
  const Finished ended = run(stream_of("skip") + kTransformer);
  ASSERT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(summary().at("examples"), 2);
  EXPECT_EQ(summary().at("position"), json({{"0", 13}}));
  EXPECT_EQ(summary().at("rejected"), json({{"empty", 1},
                                            {"malformed", 1},
                                            {"invalid_utf8", 1},
                                            {"too_deep", 1},
                                            {"framing", 1},
                                            {"missing_field", 1},
                                            {"wrong_type", 1},
                                            {"unknown_task", 1},
                                            {"unknown_character", 1},
                                            {"too_long", 1},
                                            {"too_large", 1}}));
}

TEST_F(BadRecords, AreKeptWithTheirReasonAsDeadLetters) {
  folder_.write("records.jsonl", questions());
  const Finished ended = run(stream_of("dead_letter") + kTransformer);
  ASSERT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(summary().at("examples"), 2);
  const std::string letters = read_file(folder_ / "data" / "dead_letters.jsonl");
  std::map<std::string, int> reasons;
  std::size_t from = 0;
  for (std::size_t end; (end = letters.find('\n', from)) != std::string::npos; from = end + 1)
    ++reasons[json::parse(letters.substr(from, end - from)).at("reason")];
  EXPECT_EQ(json(reasons), summary().at("rejected"));
}

TEST_F(BadRecords, EndTheRunAtTheFirstWithItsPlaceAndReason) {
  folder_.write("records.jsonl", questions());
  const Finished ended = run(stream_of("fail") + kTransformer);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, AllOf(HasSubstr("records.jsonl:2: empty"), HasSubstr("on_error")));
  EXPECT_EQ(summary().at("rejected"), json({{"empty", 1}}));
}

TEST_F(BadRecords, OfNumbersNeverReachTheModel) {
  folder_.write("records.jsonl",
                R"({"x":[1,2],"y":1})"
                "\n"
                R"({"x":[NaN,2],"y":1})"
                "\n"  // not_finite, though JSON has no NaN
                R"({"x":[1e39,2],"y":1})"
                "\n"  // not_finite: no float is as large
                R"({"x":[1,2],"y":7})"
                "\n"  // out_of_range: there are two classes
                R"({"x":[1,2],"y":1,"weight":-1})"
                "\n"  // out_of_range
                R"({"x":"1","y":1})"
                "\n"  // wrong_type
                R"({"x":[1,2]})"
                "\n"  // missing_field
                R"({"x":[1,2],"y":0})"
                "\n");
  const Finished ended = run(stream_of("skip") + kLinear);
  ASSERT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(summary().at("examples"), 2);
  EXPECT_EQ(
      summary().at("rejected"),
      json({{"not_finite", 2}, {"out_of_range", 2}, {"wrong_type", 1}, {"missing_field", 1}}));
}

TEST_F(BadRecords, EndTheRunWhereThereAreTooManyInARow) {
  std::string lines;
  for (int i = 0; i < 50; ++i) lines += "not json\n";
  folder_.write("records.jsonl", lines);
  const Finished ended =
      run("stream: {source: file, file: {path: " + (folder_ / "records.jsonl").string() +
          "}, on_error: skip, max_consecutive_errors: 20}\n" + kLinear);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("20"));
  EXPECT_LE(summary().at("rejected").at("malformed"), 21);
}

}  // namespace
}  // namespace gradus::test
