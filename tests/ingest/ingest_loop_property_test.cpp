#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "tests/ingest/loop_fixture.h"

namespace gradus {
namespace {

struct Seen {
  std::vector<float> labels;
  StreamPosition next;
  bool operator==(const Seen&) const = default;
};

// A stream of good and bad records, with gaps between their offsets.
std::vector<test::OwnedRecord> any_records() {
  const auto kinds = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
  std::vector<test::OwnedRecord> records;
  std::int64_t offset = 0;
  for (const int kind : kinds) {
    const auto number = static_cast<int>(records.size());
    test::OwnedRecord record{.bytes = kind == 0 ? "{" : test::good(number), .offset = offset};
    record.tombstone = kind == 1;
    records.push_back(std::move(record));
    offset += kind == 2 ? 3 : 1;
  }
  return records;
}

std::deque<std::size_t> any_portions() {
  auto portions = *rc::gen::container<std::deque<std::size_t>>(rc::gen::inRange<std::size_t>(0, 9));
  portions.push_back(*rc::gen::inRange<std::size_t>(1, 9));  // for ever, so it must get somewhere
  return portions;
}

std::vector<Seen> run(const std::vector<test::OwnedRecord>& records, std::size_t minibatch,
                      std::deque<std::size_t> portions, const StreamPosition& start = {}) {
  test::LoopFixture ingest(records, {.on_error = OnError::kSkip, .minibatch = minibatch},
                           std::move(portions), start);
  RC_ASSERT(ingest.run().has_value());
  std::vector<Seen> seen;
  for (ExampleBatch& batch : ingest.batches()) seen.push_back({batch.label, batch.next});
  return seen;
}

RC_GTEST_PROP(IngestLoopProperty, FixedMinibatchesDoNotDependOnHowPollsCutTheStream, ()) {
  const auto records = any_records();
  const auto minibatch = *rc::gen::inRange<std::size_t>(1, 7);
  RC_ASSERT(run(records, minibatch, any_portions()) == run(records, minibatch, {1000}));
}

RC_GTEST_PROP(IngestLoopProperty, ARunResumedAtAnyBatchFormsTheSameBatches, ()) {
  const auto records = any_records();
  const auto minibatch = *rc::gen::inRange<std::size_t>(1, 7);
  const auto whole = run(records, minibatch, {1000});
  RC_PRE(!whole.empty());
  const auto last = *rc::gen::inRange<std::size_t>(0, whole.size());
  const auto resumed = run(records, minibatch, any_portions(), whole[last].next);
  const std::vector<Seen> rest(whole.begin() + static_cast<std::ptrdiff_t>(last) + 1, whole.end());
  RC_ASSERT(resumed == rest);
}

RC_GTEST_PROP(IngestLoopProperty, EveryGoodRecordComesOnceAndInOrder, ()) {
  const auto records = any_records();
  std::vector<float> expected;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i].bytes != "{" && !records[i].tombstone) expected.push_back(static_cast<float>(i));
  }
  std::vector<float> labels;
  for (const Seen& batch : run(records, 0, any_portions())) {
    labels.insert(labels.end(), batch.labels.begin(), batch.labels.end());
  }
  RC_ASSERT(labels == expected);
}

RC_GTEST_PROP(IngestLoopProperty, TheLastPositionLiesBehindTheLastRecord, ()) {
  const auto records = any_records();
  RC_PRE(!records.empty());
  const auto minibatch = *rc::gen::inRange<std::size_t>(0, 7);
  RC_ASSERT(run(records, minibatch, any_portions()).back().next.find(0)->next ==
            records.back().offset + 1);
}

}  // namespace
}  // namespace gradus
