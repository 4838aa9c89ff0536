#include "learner/checkpoint.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/atomic_file.h"
#include "base/bytes.h"
#include "base/hash.h"
#include "learner/checkpoint_body.h"

namespace gradus {
namespace {

// The file: magic, version, bytes of the body, body, CRC-32 of all that stands before it.
constexpr std::string_view kMagic = "GRADUSCP";
constexpr std::size_t kHeaderBytes = 8 + sizeof(std::uint32_t) + sizeof(std::uint64_t);
constexpr std::size_t kChecksumBytes = sizeof(std::uint32_t);

std::string encode(const Checkpoint& checkpoint) {
  const std::string body = encode_checkpoint(checkpoint);
  ByteWriter out;
  for (const char c : kMagic) out.put(c);
  out.put(kCheckpointVersion);
  out.put_string(body);
  out.put(crc32(out.bytes()));
  return out.take();
}

using Lines = std::map<std::string, std::string, std::less<>>;

/// Lines "key=value" by key.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t equals = std::min(line.find('='), line.size());
    lines.emplace(line.substr(0, equals), line.substr(std::min(line.size(), equals + 1)));
  }
  return lines;
}

/// ": learner.bits was 10 and is 11" for every key that differs; empty where the old is not known.
std::string differences(std::string_view before, std::string_view now) {
  if (before.empty()) return {};
  const Lines old_lines = lines_of(before), new_lines = lines_of(now);
  Lines keys = old_lines;
  keys.insert(new_lines.begin(), new_lines.end());
  std::string out;
  const auto value_in = [](const Lines& lines, const std::string& key) {
    const auto found = lines.find(key);
    return found == lines.end() ? std::string("nothing") : "'" + found->second + "'";
  };
  for (const auto& [key, ignored] : keys) {
    const std::string old_value = value_in(old_lines, key), new_value = value_in(new_lines, key);
    if (old_value != new_value)
      out += (out.empty() ? ": " : ", ") + key + " was " + old_value + " and is " + new_value;
  }
  return out;
}

/// The ways out of a file that cannot be used.
std::string ways_out(const CheckpointStore& store) {
  const std::string anew = "to begin anew, give another data directory";
  std::error_code ignored;
  if (!std::filesystem::exists(store.previous(), ignored)) return "; " + anew;
  return "; to go on from the one before it, rename " + store.previous().string() +
         " to its name; " + anew;
}

struct Envelope {
  std::uint32_t version = 0;
  std::string_view body;
};

/// The body of a file that is whole, and ours to read.
Result<Envelope> open_envelope(std::string_view file, const CheckpointStore& store) {
  const std::string name = store.file().string();
  if (!file.starts_with(kMagic.substr(0, file.size())) || file.empty())
    return fail(ErrorCode::kForeign, name + " is not a checkpoint of gradus" + ways_out(store));
  if (file.size() < kHeaderBytes + kChecksumBytes)
    return fail(ErrorCode::kCorrupt, name + " is cut off after " + std::to_string(file.size()) +
                                         " bytes" + ways_out(store));
  ByteReader in(file.substr(kMagic.size()));
  const auto version = in.get<std::uint32_t>();
  if (version > kCheckpointVersion)
    return fail(ErrorCode::kForeign, name + " was written by a newer gradus (format " +
                                         std::to_string(version) + ", this one reads up to " +
                                         std::to_string(kCheckpointVersion) +
                                         "); run that version, or give another data directory");
  const auto length = in.get<std::uint64_t>();
  const std::size_t held = file.size() - kHeaderBytes - kChecksumBytes;
  if (length > held)
    return fail(ErrorCode::kCorrupt, name + " is cut off: " + std::to_string(held) + " of " +
                                         std::to_string(length) + " bytes are there" +
                                         ways_out(store));
  ByteReader tail(file.substr(file.size() - kChecksumBytes));
  if (length != held ||
      tail.get<std::uint32_t>() != crc32(file.substr(0, file.size() - kChecksumBytes)))
    return fail(ErrorCode::kCorrupt,
                name + " is damaged: its checksum does not match its content" + ways_out(store));
  return Envelope{version, file.substr(kHeaderBytes, held)};
}

/// Keeps the file under the previous one's name, atomically; the file itself stays where it is.
Result<void> keep_previous(const std::filesystem::path& file,
                           const std::filesystem::path& previous) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  const std::filesystem::path link = previous.string() + ".tmp";
  std::filesystem::remove(link, error);
  std::filesystem::create_hard_link(file, link, error);
  // Not every file system has hard links.
  if (error) std::filesystem::copy_file(file, link, error);
  if (!error) std::filesystem::rename(link, previous, error);
  if (error)
    return fail(ErrorCode::kIo, "cannot keep " + previous.string() + ": " + error.message());
  return {};
}

}  // namespace

Result<std::uint64_t> CheckpointStore::save(const Checkpoint& checkpoint) const {
  const std::string content = encode(checkpoint);
  if (auto kept = keep_previous(file(), previous()); !kept) return tl::unexpected(kept.error());
  if (auto written = write_file_atomically(file(), content); !written)
    return tl::unexpected(written.error());
  return content.size();
}

Result<std::optional<Checkpoint>> CheckpointStore::load(const std::string& run,
                                                        const std::string& learner,
                                                        std::uint64_t config_hash,
                                                        std::string_view configuration) const {
  auto content = read_whole_file(file());
  if (!content) {
    if (content.error().code != ErrorCode::kNotFound) return tl::unexpected(content.error());
    // A save never leaves the previous one alone: somebody removed the newest.
    std::error_code ignored;
    if (std::filesystem::exists(previous(), ignored))
      return fail(ErrorCode::kCorrupt,
                  file().string() + " is missing, though the run had one" + ways_out(*this));
    return std::nullopt;
  }
  const auto envelope = open_envelope(*content, *this);
  if (!envelope) return tl::unexpected(envelope.error());
  auto checkpoint = decode_checkpoint(envelope->body, envelope->version);
  const std::string name = file().string();
  if (!checkpoint)
    return fail(ErrorCode::kCorrupt,
                name + " does not hold what its format says" + ways_out(*this));
  if (checkpoint->run != run)
    return fail(ErrorCode::kForeign, name + " belongs to the run '" + checkpoint->run +
                                         "', not to '" + run +
                                         "'; name that run, or give another data directory");
  if (checkpoint->learner != learner)
    return fail(ErrorCode::kForeign, name + " holds the learner '" + checkpoint->learner +
                                         "', not '" + learner +
                                         "'; go on with that one, or give another data directory");
  if (checkpoint->config_hash != config_hash)
    return fail(ErrorCode::kForeign,
                name + " was made with another configuration of learner, ladder, stream or seed" +
                    differences(checkpoint->configuration, configuration) +
                    "; go back to that one, or give another data directory");
  return checkpoint;
}

std::optional<Timestamp> CheckpointStore::saved_at() const {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(file(), error);
  if (error) return std::nullopt;
  return std::chrono::time_point_cast<Timestamp::duration>(
      std::chrono::file_clock::to_sys(written));
}

}  // namespace gradus
