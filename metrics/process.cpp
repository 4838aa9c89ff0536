#include "metrics/process.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace gradus {
namespace {

std::string content_of(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The fields of /proc/self/stat from the third on: the second, the name, may hold blanks.
std::vector<double> stat_fields() {
  const std::string stat = content_of("/proc/self/stat");
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream rest(stat.substr(name_end + 1));
  std::string state;
  rest >> state;
  return {std::istream_iterator<double>(rest), std::istream_iterator<double>()};
}

/// Seconds since 1970 at which the machine was started.
std::optional<double> boot_seconds() {
  std::ifstream file("/proc/stat");
  for (std::string word; file >> word;) {
    if (word != "btime") continue;
    double seconds = 0;
    if (file >> seconds) return seconds;
  }
  return std::nullopt;
}

std::optional<double> count_open_fds() {
  std::error_code error;
  std::filesystem::directory_iterator entry("/proc/self/fd", error);
  double count = -1;  // one is open to read the directory
  while (!error && entry != std::filesystem::directory_iterator()) {
    ++count;
    entry.increment(error);
  }
  if (error) return std::nullopt;
  return count;
}

std::optional<double> fd_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
  if (limit.rlim_cur == RLIM_INFINITY) return std::numeric_limits<double>::infinity();
  return static_cast<double>(limit.rlim_cur);
}

}  // namespace

ProcessFacts read_process_facts() {
  ProcessFacts facts;
  facts.open_fds = count_open_fds();
  facts.max_fds = fd_limit();
  // Numbered as in proc(5), where ppid is field 4.
  const std::vector<double> fields = stat_fields();
  const auto field = [&](std::size_t number) { return fields[number - 4]; };
  if (fields.size() < 24 - 3) return facts;
  const double ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  facts.cpu_seconds = (field(14) + field(15)) / ticks;
  facts.threads = field(20);
  facts.virtual_bytes = field(23);
  facts.resident_bytes = field(24) * static_cast<double>(sysconf(_SC_PAGESIZE));
  if (const auto boot = boot_seconds()) facts.start_seconds = *boot + field(22) / ticks;
  return facts;
}

}  // namespace gradus
