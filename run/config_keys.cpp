#include "run/config_keys.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace gradus {
namespace {

constexpr std::array kKeys = {
    ConfigKey{"run", "", "name", "gradus",
              "name of the run, 1 to 100 bytes of text without `/`, `\"`, `\\` and control "
              "characters: the "
              "label `run` of every metric, the consumer group `gradus-<run>`"},
    ConfigKey{
        "ladder", "", "name or path", "",
        "a built-in ladder (`gradus list ladders`) or a file; left out: learn without probes"},
    ConfigKey{"data", "", "directory", "gradus-data", "checkpoints, history and the progress file"},
    ConfigKey{"stream.source", "", "`file`, `generate`, `kafka` or `stdin`", "",
              "where records come from; must be given"},
    ConfigKey{"stream.format", "", "`json`", "json", "form of a record"},
    ConfigKey{"stream.on_error", "", "`fail`, `skip` or `dead_letter`", "fail",
              "what is done about a record that cannot be decoded"},
    ConfigKey{"stream.gap_policy", "", "`count` or `fail`", "count",
              "what is done about records that are missing between others of a topic"},
    ConfigKey{"stream.max_record_bytes", "", "16 to 67108864", "1048576",
              "longer records are refused"},
    ConfigKey{"stream.max_consecutive_errors", "", "from 1", "1000",
              "so many bad records in a row end the run whatever `on_error` says"},
    ConfigKey{"stream.file.path", "", "path", "", "JSON Lines, plain or gzip; must be given"},
    ConfigKey{"stream.file.follow", "", "`true` or `false`", "false",
              "wait for more lines at the end"},
    ConfigKey{"stream.generate.seed", "", "from 0", "",
              "seed of the generated stream; that of the learner if left out"},
    ConfigKey{"stream.generate.count", "", "from 0", "0", "end of the stream; 0: none"},
    ConfigKey{"stream.generate.pace", "", "`log` or `none`", "log",
              "`log`: each doubling of the examples takes the same time; `none`: full speed"},
    ConfigKey{"stream.generate.pace_cap", "", "records a second", "22000",
              "the most that the pace asks for"},
    ConfigKey{"stream.generate.pace_seconds_per_doubling", "", "seconds", "3",
              "how long a doubling takes"},
    ConfigKey{"stream.generate.silence_from", "", "record", "",
              "the stream falls silent at this record; never if left out"},
    ConfigKey{"stream.generate.silence_until", "", "record", "",
              "number of the record at which silence ends; never if left out"},
    ConfigKey{"stream.generate.ladder", "", "", "",
              "taken and not read: the stream is that of `ladder`"},
    ConfigKey{"stream.kafka.brokers", "", "`host:port`, several with commas", "", "must be given"},
    ConfigKey{"stream.kafka.topic", "", "name", "", "must be given"},
    ConfigKey{"stream.kafka.missing_offsets", "", "`fail` or `skip`", "fail",
              "what is done where the brokers no longer hold the position, or the record before it "
              "is missing: exit 3, or go on behind the gap, counted"},
    ConfigKey{"stream.kafka.dead_letter_topic", "", "name", "",
              "where bad records go; the topic with `.dead` if left out"},
    ConfigKey{"stream.kafka.allow_insecure_tls", "", "`true` or `false`", "false",
              "accept TLS that does not verify the broker"},
    ConfigKey{"stream.kafka.allow_code", "", "`true` or `false`", "false",
              "accept options of librdkafka that load a library or run a command when the run "
              "starts; `gradus check` runs nothing either way"},
    ConfigKey{"learner.kind", "", "`linear` or `transformer`", "linear",
              "see `gradus list learners`"},
    ConfigKey{"learner.seed", "", "from 0", "1", "seed of the learner and of a generated stream"},
    ConfigKey{"learner.bits", "linear", "1 to 28", "18", "2^bits weights (for each class)"},
    ConfigKey{"learner.classes", "linear", "0, or 2 to 10000", "",
              "classes 0 to classes-1; 0: any number. If left out: 0, 2 for a loss of classes, and "
              "the longest list of choices of the ladder"},
    ConfigKey{"learner.loss", "linear", "`squared`, `logistic`, `hinge` or `quantile`", "",
              "`logistic` with classes, else `squared`, if left out"},
    ConfigKey{"learner.learning_rate", "linear", "1e-9 to 1000000", "0.5", "step of an update"},
    ConfigKey{"learner.power_t", "linear", "0 to 1", "0.5", "decay of the step"},
    ConfigKey{"learner.l1", "linear", "0 to 1", "0", "penalty"},
    ConfigKey{"learner.l2", "linear", "0 to 1", "0", "penalty"},
    ConfigKey{"learner.quantile_tau", "linear", "0 to 1", "0.5",
              "the quantile of the loss `quantile`"},
    ConfigKey{"learner.width", "transformer", "see the message", "64", "width of the network"},
    ConfigKey{"learner.layers", "transformer", "1 to 8", "2", "its layers"},
    ConfigKey{"learner.learning_rate", "transformer", "1e-6 to 1", "0.0025", "step of an update"},
    ConfigKey{"probes.per_doubling", "", "1 to 1000", "40",
              "snapshots for each doubling of the examples"},
    ConfigKey{
        "probes.cpu_share", "", "0.0001 to 1", "",
        "share of the machine that probes may take, 0.05 if left out; where the learner waits "
        "for its probes (files, generated streams, `--until-end`), share of the work of "
        "learning and probing, 0.15 if left out"},
    ConfigKey{"progress.false_alarms_per_run", "", "1e-9 to 0.5", "0.05",
              "error budget of all detectors together"},
    ConfigKey{"progress.planned_probes", "", "20 to 1000000", "400",
              "probes of a task that the budget is planned for"},
    ConfigKey{"progress.profile", "", "`strict` or `practical`", "strict",
              "[statistics.md](statistics.md), \"The noise\""},
    ConfigKey{"checkpoint.every", "", "time: `500ms`, `60s`, `5m`, `2h`", "60",
              "seconds between checkpoints"},
    ConfigKey{"serve.listen", "", "`HOST:PORT`", "127.0.0.1:9630",
              "address of the page, `/metrics` and the API; port 0 takes a free one"},
    ConfigKey{
        "serve.hosts", "", "names with spaces between", "",
        "names under which clients may reach it, beside its IP address and localhost; none on "
        "an address that is not the loopback one: any"},
    ConfigKey{"metrics.max_series", "", "100 to 1000000", "2000", "the most series on /metrics"},
    ConfigKey{"limits.memory", "", "size: `512MB`, `2GB`", "",
              "a run that is expected to take more is refused; if left out, four fifths of the "
              "machine's memory, or of the container's where that has less"},
    ConfigKey{"log.format", "", "`text` or `json`", "text", "form of log lines"},
    ConfigKey{"log.level", "", "`debug`, `info`, `warning` or `error`", "info",
              "the least that is logged"},
};

std::string_view section_of(std::string_view key) {
  const std::size_t dot = key.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
}

/// What a section calls its own keys, those of every learner among them.
std::vector<std::string_view> names_in(std::string_view section) {
  std::vector<std::string_view> names;
  for (const ConfigKey& key : kKeys)
    if (section_of(key.key) == section)
      names.push_back(key.key.substr(section.empty() ? 0 : section.size() + 1));
  return names;
}

/// Those of librdkafka are its own.
bool is_passed_on(const Options& section, std::string_view key) {
  return section.section() == "stream.kafka" && key.starts_with("options.");
}

std::string_view or_dash(std::string_view text) { return text.empty() ? "-" : text; }

}  // namespace

std::span<const ConfigKey> config_keys() { return kKeys; }

bool concerns(const ConfigKey& key, const Config& config) {
  if (!key.kind.empty() && key.kind != config.learner) return false;
  const std::string_view section = section_of(key.key);
  return !section.starts_with("stream.") || section.substr(7) == config.source ||
         section.substr(7) == config.format;
}

std::string keys_meant(std::string_view name) {
  const std::string ending = "." + std::string(name);
  std::string meant;
  for (const ConfigKey& key : kKeys) {
    if (!key.key.ends_with(ending) || meant.ends_with(key.key)) continue;
    meant += (meant.empty() ? "" : " or ") + std::string(key.key);
  }
  const std::size_t dot = name.find('.');
  return meant.empty() && dot != std::string_view::npos ? keys_meant(name.substr(dot + 1)) : meant;
}

Result<void> check_places(const Options& section) {
  const std::vector<std::string_view> names = names_in(section.section());
  for (const Options::Entry& entry : section.entries()) {
    if (is_passed_on(section, entry.key) || !nearest_name(entry.key, names).empty()) continue;
    const std::string meant = keys_meant(entry.key);
    if (!meant.empty())
      return tl::unexpected(section.refused(entry.key, "unknown key; did you mean " + meant + "?"));
  }
  return {};
}

Result<void> check_keys(const Options& section) {
  const std::vector<std::string_view> names = names_in(section.section());
  for (const Options::Entry& entry : section.entries()) {
    if (is_passed_on(section, entry.key) ||
        std::find(names.begin(), names.end(), entry.key) != names.end())
      continue;
    const std::string_view nearest = nearest_name(entry.key, names);
    return tl::unexpected(section.refused(
        entry.key,
        "unknown key" +
            (nearest.empty() ? std::string() : "; did you mean " + std::string(nearest) + "?")));
  }
  return {};
}

std::string config_key_tables() {
  std::string out, before = "none";
  for (const ConfigKey& key : kKeys) {
    std::string title(section_of(key.key));
    if (!key.kind.empty()) title += " (" + std::string(key.kind) + ")";
    if (title != before) {
      out += (out.empty() ? "" : "\n") + std::string("### ") +
             (title.empty() ? "Top level" : title) +
             "\n\n| key | value | if left out | meaning |\n|---|---|---|---|\n";
      before = title;
    }
    out += "| `" + std::string(key.key) + "` | " + std::string(or_dash(key.type)) + " | " +
           std::string(or_dash(key.fallback)) + " | " + std::string(key.about) + " |\n";
  }
  return out;
}

}  // namespace gradus
