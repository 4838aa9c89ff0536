#include "metrics/process.h"

#include <chrono>
#include <fstream>
#include <latch>
#include <thread>

namespace gradus {
namespace {

TEST(ProcessFacts, AreAllKnownOnLinux) {
  const ProcessFacts facts = read_process_facts();
  EXPECT_TRUE(facts.cpu_seconds && facts.open_fds && facts.max_fds && facts.threads);
  EXPECT_TRUE(facts.virtual_bytes && facts.resident_bytes && facts.start_seconds);
}

TEST(ProcessFacts, CountOpenFiles) {
  const double before = *read_process_facts().open_fds;
  const std::ifstream one("/dev/null");
  const std::ifstream two("/dev/null");
  EXPECT_EQ(*read_process_facts().open_fds, before + 2);
}

TEST(ProcessFacts, CountThreads) {
  const double before = *read_process_facts().threads;
  std::latch done(1);
  std::thread waiting([&] { done.wait(); });
  const double with_one_more = *read_process_facts().threads;
  done.count_down();
  waiting.join();
  EXPECT_EQ(with_one_more, before + 1);
}

TEST(ProcessFacts, MeasureCpuTime) {
  const double before = *read_process_facts().cpu_seconds;
  const auto burn_until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  // The clock of the kernel ticks a hundred times a second: wait for one tick of work.
  while (*read_process_facts().cpu_seconds == before &&
         std::chrono::steady_clock::now() < burn_until) {
  }
  EXPECT_GT(*read_process_facts().cpu_seconds, before);
}

TEST(ProcessFacts, StartLiesShortlyBeforeNow) {
  const double now =
      std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  const double start = *read_process_facts().start_seconds;
  // btime is in whole seconds; a test program lives no longer than its time limit.
  EXPECT_LT(start, now + 2);
  EXPECT_GT(start, now - 600);
}

TEST(ProcessFacts, ResidentMemoryIsPartOfVirtualMemory) {
  const ProcessFacts facts = read_process_facts();
  EXPECT_GT(*facts.resident_bytes, 1'000'000);
  EXPECT_LT(*facts.resident_bytes, *facts.virtual_bytes);
}

}  // namespace
}  // namespace gradus
