#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "tests/e2e/struck_run.h"

// Each case is a directory in which attempts are struck one after the other until one runs to the
// end. CI runs an even choice of them; GRADUS_DISK_FAULTS=all runs every call of the first attempt
// with each kind, and as many random ones.

namespace gradus::test {
namespace {

constexpr int kSideBySide = 4;  // an attempt mostly waits: for its main thread's tick

bool runs_all() {
  const char* wanted = std::getenv("GRADUS_DISK_FAULTS");
  return wanted != nullptr && std::string(wanted) == "all";
}

void run_side_by_side(std::size_t cases, const std::function<void(std::size_t)>& run) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kSideBySide; ++i)
    threads.emplace_back([&] {
      for (std::size_t each = next++; each < cases; each = next++) run(each);
    });
}

class DiskFaults : public ::testing::Test {
 protected:
  /// Each call that a run makes, struck in each of these ways; in CI only so many, spread evenly
  /// over the calls of each kind.
  std::vector<DiskFault> every_call(const std::vector<std::string>& kinds,
                                    std::size_t in_ci) const {
    std::vector<DiskFault> all;
    for (const auto& [call, count] : run_.calls())
      for (unsigned at = 1; at <= count; ++at)
        for (const std::string& kind : kinds) all.push_back({kind, call, at});
    if (runs_all()) return all;
    std::vector<DiskFault> some;
    for (std::size_t i = 0; i < in_ci; ++i) some.push_back(all[i * all.size() / in_ci]);
    return some;
  }
  /// A call that a first attempt makes about as often, anywhere.
  DiskFault any_call(SplitMix64& random, const std::vector<std::string>& kinds) const {
    std::vector<DiskFault> all;
    for (const auto& [call, count] : run_.calls())
      for (unsigned at = 1; at <= count; ++at) all.push_back({"", call, at});
    DiskFault fault = all[random.below(all.size())];
    fault.kind = kinds[random.below(kinds.size())];
    return fault;
  }
  void tell() const {
    std::printf("%u kills, %u disk faults; %u attempts ended before their call\n", kills_.load(),
                faults_.load(), missed_.load());
  }
  /// Strikes once and checks that what the attempt left can be read.
  void strike(const std::string& data, const DiskFault& fault) {
    const bool kills = fault.kind == "kill" || fault.kind == "tear";
    ++(!run_.strike(data, fault) ? missed_ : kills ? kills_ : faults_);
    check_readable(run_.path(data));
  }

  StruckRun run_;
  std::atomic<unsigned> kills_ = 0, faults_ = 0, missed_ = 0;
};

std::string name_of(const DiskFault& fault) {
  return fault.kind + "-" + fault.call + "-" + std::to_string(fault.at);
}

TEST_F(DiskFaults, AKillInAnyDiskCallLosesAndRepeatsNothing) {
  const auto faults = every_call({"kill", "tear"}, 60);
  run_side_by_side(faults.size(), [&](std::size_t i) {
    SCOPED_TRACE(name_of(faults[i]));
    strike(name_of(faults[i]), faults[i]);
    run_.finish_and_check(name_of(faults[i]));
  });
  tell();
  EXPECT_GT(kills_, faults.size() / 2);
}

TEST_F(DiskFaults, AFailedOrFullDiskLosesAndRepeatsNothing) {
  const auto faults = every_call({"eio", "enospc"}, 40);
  run_side_by_side(faults.size(), [&](std::size_t i) {
    SCOPED_TRACE(name_of(faults[i]));
    strike(name_of(faults[i]), faults[i]);
    run_.finish_and_check(name_of(faults[i]));
  });
  tell();
  EXPECT_GT(faults_, faults.size() / 2);
}

// A kill may fall into what an attempt does to mend what the one before it left.
TEST_F(DiskFaults, AnySeriesOfKillsAndFaultsLosesAndRepeatsNothing) {
  const std::size_t cases = runs_all() ? 300 : 16;
  run_side_by_side(cases, [&](std::size_t i) {
    const std::string data = "series-" + std::to_string(i);
    SCOPED_TRACE(data);
    SplitMix64 random(1400 + i);
    for (int left = 2 + static_cast<int>(random.below(3)); left > 0; --left) {
      if (random.below(3) == 0) {
        // Most of its time an attempt waits for its end.
        run_.kill_after(data, random.uniform() * random.uniform());
        ++kills_;
        check_readable(run_.path(data));
      } else {
        strike(data, any_call(random, {"kill", "kill", "tear", "eio", "enospc"}));
      }
    }
    run_.finish_and_check(data);
  });
  tell();
  EXPECT_GT(kills_, cases);
}

}  // namespace
}  // namespace gradus::test
