#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/option_spec.h"

namespace gradus {

/// The keys of a configuration that belong to no kind. run/config.cpp reads them.
namespace config_key {

inline constexpr OptionSpec kRun = text_option(
    "run", "name", "gradus",
    "name of the run, 1 to 100 bytes of text without `/`, `\"`, `\\` and control characters: the "
    "label `run` of every metric, the consumer group `gradus-<run>`");
inline constexpr OptionSpec kLadder =
    text_option("ladder", "name or path", "",
                "a built-in ladder (`gradus list ladders`) or a file; without it, gradus learns "
                "without probes");
inline constexpr OptionSpec kData =
    text_option("data", "directory", "gradus-data", "checkpoints, history and the progress file");

inline constexpr std::string_view kOnErrorNames[] = {"fail", "skip", "dead_letter"};
inline constexpr OptionSpec kOnError = choice_option(
    "on_error", kOnErrorNames, "fail", "how to handle a record that cannot be decoded");
inline constexpr std::string_view kGapPolicyNames[] = {"count", "fail"};
inline constexpr OptionSpec kGapPolicy =
    choice_option("gap_policy", kGapPolicyNames, "count",
                  "how to handle records that are missing between others of a topic");
inline constexpr OptionSpec kMaxRecordBytes =
    integer_option("max_record_bytes", 16, 64 << 20, "1048576", "longer records are rejected");
inline constexpr OptionSpec kMaxConsecutiveErrors =
    integer_option("max_consecutive_errors", 1, 1'000'000'000, "1000",
                   "this many bad records in a row end the run, whatever `on_error` says");

inline constexpr OptionSpec kLearnerSeed = integer_option(
    "seed", 0, std::int64_t{1} << 62, "1", "seed of the learner and of a generated stream");

inline constexpr OptionSpec kPerDoubling =
    number_option("per_doubling", 1, 1000, "40", "snapshots for each doubling of the examples");
inline constexpr OptionSpec kCpuShare = number_option(
    "cpu_share", 0.0001, 1, "",
    "largest share of the machine that probes may take, by default 0.05; where the learner waits "
    "for its probes (files, generated streams, `--until-end`), share of the work of learning and "
    "probing, by default 0.15");

inline constexpr OptionSpec kFalseAlarms = number_option("false_alarms_per_run", 1e-9, 0.5, "0.05",
                                                         "error budget of all detectors together");
inline constexpr OptionSpec kPlannedProbes =
    integer_option("planned_probes", 20, 1'000'000, "400",
                   "number of probes of a task that the budget is planned for");
inline constexpr std::string_view kProfileNames[] = {"strict", "practical"};
inline constexpr OptionSpec kProfile = choice_option(
    "profile", kProfileNames, "strict", "[statistics.md](statistics.md), \"The noise\"");

inline constexpr OptionSpec kCheckpointEvery =
    seconds_option("every", 0.01, 86400, "60", "seconds between checkpoints");

inline constexpr OptionSpec kListen =
    text_option("listen", "`HOST:PORT`", "127.0.0.1:9630",
                "address of the page, `/metrics` and the API; port 0 takes a free one");
inline constexpr OptionSpec kHosts = text_option(
    "hosts", "names with spaces between", "",
    "names under which clients may reach it, besides its IP address and localhost; by default any "
    "name, unless it listens on a loopback address");

inline constexpr OptionSpec kMaxSeries =
    integer_option("max_series", 100, 1'000'000, "2000", "largest number of series on /metrics");
inline constexpr OptionSpec kMemory = bytes_option(
    "memory", 1, 0x1p60, "",
    "a run that is expected to take more is refused; by default four fifths of the machine's "
    "memory, or of the container's if that has less");

inline constexpr std::string_view kLogFormatNames[] = {"text", "json"};
inline constexpr OptionSpec kLogFormat =
    choice_option("format", kLogFormatNames, "text", "format of log lines");
inline constexpr std::string_view kLogLevelNames[] = {"debug", "info", "warning", "error"};
inline constexpr OptionSpec kLogLevel =
    choice_option("level", kLogLevelNames, "info", "lowest level that is logged");

}  // namespace config_key

/// One section of a configuration with the keys that it may hold.
struct ConfigSection {
  std::string name;  ///< dotted path: "stream.kafka"; empty for the top level
  std::string kind;  ///< the learner that reads these keys; empty if every run does
  std::vector<OptionSpec> options;
};

/// Every section, in the order of docs/configuration.md: those of no kind, those of each source and
/// format, and `learner` once more for each learner.
/// Cost: makes a list of some fifty keys; meant for set-up.
std::vector<ConfigSection> config_sections();

}  // namespace gradus
