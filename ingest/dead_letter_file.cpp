#include "ingest/dead_letter_file.h"

#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/atomic_file.h"

namespace gradus {
namespace {

constexpr std::size_t kWriteAt = std::size_t{1} << 20;  // bytes held back at most

void append_escaped(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

// RFC 4648, section 4.
void append_base64(std::string_view bytes, std::string& out) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8 | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0u);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= group.size() ? kDigits[bits >> (18 - 6 * k) & 63] : '=';
    }
  }
}

void append_text(std::string_view name, std::string_view text, std::string& out) {
  append_escaped(name, out);
  out += ':';
  append_escaped(text, out);
  out += ',';
}

void append_number(std::string_view name, std::int64_t number, std::string& out) {
  append_escaped(name, out);
  out += ':' + std::to_string(number) + ',';
}

void append_bytes(std::string name, std::string_view bytes, std::string& out) {
  if (simdjson::validate_utf8(bytes.data(), bytes.size())) return append_text(name, bytes, out);
  append_escaped(name + "_base64", out);
  out += ":\"";
  append_base64(bytes, out);
  out += "\",";
}

bool ends_within_line(int descriptor) {
  const off_t size = ::lseek(descriptor, 0, SEEK_END);
  char last = '\n';
  return size > 0 && ::pread(descriptor, &last, 1, size - 1) == 1 && last != '\n';
}

}  // namespace

Result<std::unique_ptr<DeadLetterFile>> DeadLetterFile::open(const std::filesystem::path& path,
                                                             std::string run, const Clock& clock) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (descriptor < 0) {
    return fail(ErrorCode::kIo, "dead letters: " + path.string() + ": " + std::strerror(errno));
  }
  if (auto synced = sync_directory(path.has_parent_path() ? path.parent_path() : "."); !synced) {
    ::close(descriptor);
    return fail(ErrorCode::kIo, "dead letters: " + synced.error().message);
  }
  std::unique_ptr<DeadLetterFile> file(
      new DeadLetterFile(descriptor, path.string(), std::move(run), clock));
  if (ends_within_line(descriptor)) file->lines_ = "\n";
  return file;
}

DeadLetterFile::DeadLetterFile(int descriptor, std::string path, std::string run,
                               const Clock& clock)
    : descriptor_(descriptor), path_(std::move(path)), run_(std::move(run)), clock_(clock) {}

DeadLetterFile::~DeadLetterFile() { ::close(descriptor_); }

Result<void> DeadLetterFile::write(const RawRecord& record, std::string_view topic, Reject reason) {
  lines_ += '{';
  append_text("topic", topic, lines_);
  append_number("partition", record.partition, lines_);
  append_number("offset", record.offset, lines_);
  if (record.timestamp_ms >= 0) append_number("timestamp_ms", record.timestamp_ms, lines_);
  append_text("reason", reject_name(reason), lines_);
  append_text("message", reject_hint(reason), lines_);
  append_text("run", run_, lines_);
  append_number("time",
                std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch().count(),
                lines_);
  if (!record.key.empty()) append_bytes("key", record.key, lines_);
  append_bytes("value", record.bytes, lines_);
  lines_.back() = '}';  // instead of the last comma
  lines_ += '\n';
  ++pending_;
  return lines_.size() >= kWriteAt ? write_out() : Result<void>{};
}

Result<void> DeadLetterFile::flush(Duration /*deadline*/) {
  if (auto written = write_out(); !written) return written;
  if (::fsync(descriptor_) != 0) return refuse();
  delivered_ += std::exchange(pending_, 0);
  return {};
}

Result<void> DeadLetterFile::write_out() {
  std::size_t done = 0;
  while (done < lines_.size()) {
    const ssize_t wrote = ::write(descriptor_, lines_.data() + done, lines_.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) {
      auto refused = refuse();
      lines_.erase(0, done);
      return refused;
    }
    done += static_cast<std::size_t>(wrote);
  }
  lines_.clear();
  return {};
}

tl::unexpected<Error> DeadLetterFile::refuse() {
  const std::string reason = std::strerror(errno);
  failed_ += pending_;
  return fail(ErrorCode::kIo, "dead letters: " + path_ + ": " + reason);
}

}  // namespace gradus
