// How many records a second one core decodes, reads from a file and takes through the ingest loop.

#include <benchmark/benchmark.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/random.h"
#include "ingest/decoder.h"
#include "ingest/ingest_loop.h"
#include "ingest/source.h"
#include "ladders/ladder.h"

namespace gradus {
namespace {

constexpr int kAttributes = 20;
constexpr std::size_t kRecords = 4096;
constexpr std::size_t kBatch = 512;

// A decimal in (0, 1) of eight bytes.
std::string decimal(SplitMix64& random) {
  char text[16];
  std::snprintf(text, sizeof text, "0.%06d", static_cast<int>(random.between(1, 999'999)));
  return text;
}

// 200 bytes each: {"x":[0.123456,...],"y":1}.
std::vector<std::string> arrays() {
  SplitMix64 random(1);
  std::vector<std::string> records;
  for (std::size_t i = 0; i < kRecords; ++i) {
    std::string text = R"({"x":[)";
    for (int k = 0; k < kAttributes; ++k)
      text += decimal(random) + (k + 1 < kAttributes ? "," : "],\"y\":");
    records.push_back(text + std::to_string(random.below(2)) + "}");
  }
  return records;
}

// The same numbers, each with a name: {"features":{"f0":0.123456,...},"y":1}.
std::vector<std::string> named() {
  SplitMix64 random(1);
  std::vector<std::string> records;
  for (std::size_t i = 0; i < kRecords; ++i) {
    std::string text = R"({"features":{)";
    for (int k = 0; k < kAttributes; ++k) {
      text += "\"f" + std::to_string(k) + "\":" + decimal(random) +
              (k + 1 < kAttributes ? "," : "},\"y\":");
    }
    records.push_back(text + std::to_string(random.below(2)) + "}");
  }
  return records;
}

std::vector<std::string> questions() {
  SplitMix64 random(1);
  std::vector<std::string> records;
  for (std::size_t i = 0; i < kRecords; ++i) {
    const auto a = random.between(10, 99), b = random.between(10, 99);
    records.push_back(R"({"task":"add2","prompt":")" + std::to_string(a) + "+" + std::to_string(b) +
                      R"(","answer":")" + std::to_string(a + b) + "\"}");
  }
  return records;
}

std::unique_ptr<Decoder> json(const InputSpec& input, const Ladder* ladder) {
  Options options;
  return std::move(*find_format("json")->make(input, ladder, options));
}

void decode(benchmark::State& state, const std::vector<std::string>& records,
            const InputSpec& input, const Ladder* ladder) {
  const auto decoder = json(input, ladder);
  ExampleBatch batch;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (i % kBatch == 0) batch.clear();
      const RawRecord record{.bytes = records[i]};
      if (decoder->decode(record, batch) != Reject::kNone)
        state.SkipWithError("a record was rejected");
      bytes += static_cast<std::int64_t>(record.bytes.size());
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * records.size()));
  state.SetBytesProcessed(bytes);
}

void BM_DecodeArrayOf20(benchmark::State& state) { decode(state, arrays(), {}, nullptr); }
BENCHMARK(BM_DecodeArrayOf20)->Unit(benchmark::kMicrosecond);

void BM_Decode20NamedFeatures(benchmark::State& state) { decode(state, named(), {}, nullptr); }
BENCHMARK(BM_Decode20NamedFeatures)->Unit(benchmark::kMicrosecond);

void BM_DecodeQuestions(benchmark::State& state) {
  Ladder ladder;
  ladder.tasks.resize(1);
  ladder.tasks[0].name = "add2";
  decode(state, questions(), {.kind = InputKind::kText}, &ladder);
}
BENCHMARK(BM_DecodeQuestions)->Unit(benchmark::kMicrosecond);

// A file of JSON Lines, made once and removed at the end.
class LinesFile {
 public:
  // `broken_every`: every so many lines one is cut off; 0: none.
  explicit LinesFile(std::size_t repeats, std::size_t broken_every = 0) {
    const int descriptor = ::mkstemp(path_.data());
    if (descriptor >= 0) ::close(descriptor);
    std::ofstream out(path_, std::ios::binary);
    const auto records = arrays();
    for (std::size_t i = 0; i < repeats * records.size(); ++i) {
      const bool broken = broken_every > 0 && i % broken_every == 0;
      const std::string_view record = records[i % records.size()];
      out << record.substr(0, broken ? record.size() / 2 : record.npos) << '\n';
    }
  }
  ~LinesFile() { std::filesystem::remove(path_); }
  LinesFile(const LinesFile&) = delete;
  LinesFile& operator=(const LinesFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_ = (std::filesystem::temp_directory_path() / "gradus-bench-XXXXXX").string();
};

std::unique_ptr<Source> open_lines(const LinesFile& file, SystemClock& clock) {
  Options options;
  options.set("path", file.path(), "bench");
  SourceSetup setup{.clock = &clock};
  auto source = std::move(*find_source("file")->make(options, setup));
  return source->open({}) ? std::move(source) : nullptr;
}

void BM_ReadLinesOfAFile(benchmark::State& state) {
  const LinesFile file(64);
  SystemClock clock;
  std::int64_t bytes = 0, lines = 0;
  for (auto _ : state) {
    const auto source = open_lines(file, clock);
    while (!source->ended()) {
      const auto records = source->poll(kBatch, Duration::zero());
      for (const RawRecord& record : *records)
        bytes += static_cast<std::int64_t>(record.bytes.size());
      lines += static_cast<std::int64_t>(records->size());
    }
  }
  state.SetItemsProcessed(lines);
  state.SetBytesProcessed(bytes);
}
BENCHMARK(BM_ReadLinesOfAFile)->Unit(benchmark::kMillisecond);

// File -> decoder -> queue, emptied on the same thread after every step. Argument: one line in so
// many is broken and skipped; 0: none.
void BM_IngestLoopOverAFile(benchmark::State& state) {
  const LinesFile file(64, static_cast<std::size_t>(state.range(0)));
  SystemClock clock;
  Log log(LogFormat::kText, LogLevel::kError, clock);
  std::int64_t examples = 0;
  for (auto _ : state) {
    const auto source = open_lines(file, clock);
    const auto decoder = json({}, nullptr);
    BoundedQueue<ExampleBatch> queue(2);
    Latest<StreamPosition> committed;
    Latest<IngestStats> stats;
    IngestLoop loop({.on_error = OnError::kSkip}, *source, *decoder, nullptr, {}, queue, committed,
                    stats, clock, log);
    while (*loop.step({})) {
      if (const auto batch = queue.try_pop()) examples += static_cast<std::int64_t>(batch->size());
    }
  }
  state.SetItemsProcessed(examples);
}
BENCHMARK(BM_IngestLoopOverAFile)->Arg(0)->Arg(100)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gradus
