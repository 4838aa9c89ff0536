#include <array>
#include <cstdio>
#include <string>

#include "app/commands/command.h"
#include "base/registry.h"
#include "base/text.h"
#include "base/userinfo.h"

namespace gradus {
namespace {

constexpr std::array kCommands = {
    CommandKind{"annotate", "Declare an event in a running gradus: a mark on every curve",
                "gradus annotate \"learning rate dropped\" --rearm", make_annotate_command},
    CommandKind{"check", "Validate a configuration or a ladder file", "gradus check gradus.yaml",
                make_check_command},
    CommandKind{"completion", "Write a script that completes commands and options in a shell",
                "gradus completion bash", make_completion_command},
    CommandKind{"demo", "Watch a learner climb a ladder on its own generated stream",
                "gradus demo arithmetic --seconds 90", make_demo_command},
    CommandKind{"healthcheck", "Exit 0 when a running gradus is ready",
                "gradus healthcheck localhost:9630", make_healthcheck_command},
    CommandKind{"help", "Show the help of a command", "gradus help run", make_help_command},
    CommandKind{"judge", "Verdicts, thresholds and forecasts for learning curves of any trainer",
                "gradus judge curves.csv --report curves.html", make_judge_command},
    CommandKind{"list", "List learners, ladders, sources, formats, faults or metrics",
                "gradus list learners", make_list_command},
    CommandKind{"man", "Write the manual page", "gradus man | man -l -", make_man_command},
    CommandKind{"plan",
                "Before training: which progress and which loss can be detected, and how soon",
                "gradus plan --items 128 --rate 0.1", make_plan_command},
    CommandKind{"produce", "Write a ladder's stream to stdout, a file or a Kafka topic",
                "gradus produce --ladder arithmetic --count 200000 --brokers localhost:9092 "
                "--topic examples",
                make_produce_command},
    CommandKind{"report", "Write what a run has learned as one file: HTML, Markdown or JSON",
                "gradus report gradus-data --format html", make_report_command},
    CommandKind{"run", "Learn from your own stream, with probes, verdicts and metrics",
                "gradus run gradus.yaml", make_run_command},
    CommandKind{"version", "Show the version", "gradus version", make_version_command},
    CommandKind{"watch", "The ladder of a running gradus in the terminal",
                "gradus watch localhost:9630", make_watch_command},
};
constexpr Registry kRegistry{kCommands};

/// A message may quote what somebody else wrote, of any length: its middle is left out then.
std::string shortened(const std::string& message) {
  constexpr std::size_t kBegin = 500, kEnd = 200;
  if (message.size() <= kBegin + kEnd + 3) return message;
  const auto whole_from = [&](std::size_t at) {  // not within a character
    while (at < message.size() && (message[at] & 0xC0) == 0x80) ++at;
    return at;
  };
  return message.substr(0, whole_from(kBegin)) + "..." +
         message.substr(whole_from(message.size() - kEnd));
}

}  // namespace

std::span<const CommandKind> command_kinds() { return kRegistry; }

int report_failure(const Error& error) {
  // What libraries quote from a file may hold anything.
  const std::string message = printable(shortened(without_userinfo(error.message)));
  std::fprintf(stderr, "gradus: %s\n", message.c_str());
  switch (error.code) {
    case ErrorCode::kBadConfig:
    case ErrorCode::kNotFound:
      return kExitUsage;
    case ErrorCode::kPositionGone:
      return kExitPositionGone;
    default:
      return kExitFailed;
  }
}

}  // namespace gradus
