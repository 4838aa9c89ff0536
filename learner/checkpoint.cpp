#include "learner/checkpoint.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/atomic_file.h"
#include "base/bytes.h"
#include "base/hash.h"

namespace gradus {
namespace {

// The file: magic, version, bytes of the body, body, CRC-32 of all that stands before it.
constexpr std::string_view kMagic = "GRADUSCP";
constexpr std::uint32_t kVersion = 2;  // 1 has no marks of the stream
constexpr std::size_t kHeaderBytes = 8 + sizeof(std::uint32_t) + sizeof(std::uint64_t);
constexpr std::size_t kChecksumBytes = sizeof(std::uint32_t);

void put_sums(ByteWriter& out, const LearnSums& sums) {
  for (const std::uint64_t count :
       {sums.examples, sums.updates, sums.correct, sums.non_finite_inputs, sums.non_finite_losses,
        sums.non_finite_gradients, sums.non_finite_weights})
    out.put(count);
  out.put(sums.loss);
  out.put(sums.log_loss);
}

LearnSums get_sums(ByteReader& in) {
  LearnSums sums;
  for (std::uint64_t* count :
       {&sums.examples, &sums.updates, &sums.correct, &sums.non_finite_inputs,
        &sums.non_finite_losses, &sums.non_finite_gradients, &sums.non_finite_weights})
    *count = in.get<std::uint64_t>();
  sums.loss = in.get<double>();
  sums.log_loss = in.get<double>();
  return sums;
}

std::string encode_body(const Checkpoint& checkpoint) {
  ByteWriter out;
  out.put_string(checkpoint.run);
  out.put_string(checkpoint.learner);
  out.put(checkpoint.config_hash);
  out.put(checkpoint.step);
  out.put_all(std::span<const Step>(checkpoint.own_steps));
  checkpoint.position.save(out);
  put_sums(out, checkpoint.sums);
  out.put_string(checkpoint.state);
  out.put_string(checkpoint.configuration);
  checkpoint.position.save_marks(out);
  return out.take();
}

std::optional<Checkpoint> decode_body(std::string_view body) {
  ByteReader in(body);
  Checkpoint checkpoint;
  checkpoint.run = in.get_string();
  checkpoint.learner = in.get_string();
  checkpoint.config_hash = in.get<std::uint64_t>();
  checkpoint.step = in.get<Step>();
  checkpoint.own_steps = in.get_all<Step>();
  checkpoint.position = StreamPosition::load(in);
  checkpoint.sums = get_sums(in);
  checkpoint.state = in.get_string();
  if (in.ok() && !in.at_end()) checkpoint.configuration = in.get_string();
  if (in.ok() && !in.at_end()) checkpoint.position.load_marks(in);
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return checkpoint;
}

std::string encode(const Checkpoint& checkpoint) {
  const std::string body = encode_body(checkpoint);
  ByteWriter out;
  for (const char c : kMagic) out.put(c);
  out.put(kVersion);
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

/// The body of a file that is whole, and ours to read.
Result<std::string_view> open_envelope(std::string_view file, const CheckpointStore& store) {
  const std::string name = store.file().string();
  if (!file.starts_with(kMagic.substr(0, file.size())) || file.empty())
    return fail(ErrorCode::kForeign, name + " is not a checkpoint of gradus" + ways_out(store));
  if (file.size() < kHeaderBytes + kChecksumBytes)
    return fail(ErrorCode::kCorrupt, name + " is cut off after " + std::to_string(file.size()) +
                                         " bytes" + ways_out(store));
  ByteReader in(file.substr(kMagic.size()));
  const auto version = in.get<std::uint32_t>();
  if (version > kVersion)
    return fail(ErrorCode::kForeign, name + " was written by a newer gradus (format " +
                                         std::to_string(version) + ", this one reads up to " +
                                         std::to_string(kVersion) +
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
  return file.substr(kHeaderBytes, held);
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
  auto body = open_envelope(*content, *this);
  if (!body) return tl::unexpected(body.error());
  auto checkpoint = decode_body(*body);
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

}  // namespace gradus
