#include "tests/architecture/source_tree.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

/// Walks through text once, keeping line breaks and code and blanking the rest.
class CodeFilter {
 public:
  explicit CodeFilter(std::string_view text) : text_(text) {}

  std::string filtered() {
    while (at_ < text_.size()) {
      if (starts("//")) {
        skip_until("\n", 0);
      } else if (starts("/*")) {
        skip_until("*/", 2);
      } else if (starts("R\"")) {
        skip_raw_string();
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !after_digit())) {
        skip_literal(text_[at_]);
      } else {
        out_ += text_[at_++];
      }
    }
    return out_;
  }

 private:
  bool starts(std::string_view token) const { return text_.substr(at_).starts_with(token); }

  /// True inside 1'000'000, where the quote separates digits.
  bool after_digit() const {
    return at_ > 0 && std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0;
  }

  void skip(std::size_t count) {
    for (const char byte : text_.substr(at_, count)) {
      if (byte == '\n') out_ += byte;
    }
    at_ = std::min(text_.size(), at_ + count);
  }

  void skip_until(std::string_view end, std::size_t and_then) {
    const std::size_t found = text_.find(end, at_);
    skip(found == std::string_view::npos ? text_.size() : found + and_then - at_);
  }

  void skip_raw_string() {
    const std::size_t open = text_.find('(', at_);
    std::string close(1, ')');
    close.append(text_.substr(at_ + 2, open - at_ - 2)).append(1, '"');
    out_ += "\"\"";
    skip_until(close, close.size());
  }

  void skip_literal(char quote) {
    out_ += quote;
    for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    out_ += quote;
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool is_include(std::string_view line) { return line.starts_with("#include"); }

}  // namespace

SourceFile make_source(std::string path, std::string_view text) {
  SourceFile file{.path = std::move(path), .lines = split_lines(std::string(text)), .code = {}};
  file.code = split_lines(CodeFilter(text).filtered());
  file.code.resize(file.lines.size());
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    if (is_include(file.lines[i])) file.code[i] = file.lines[i];
  }
  return file;
}

std::vector<SourceFile> read_source_tree(const std::filesystem::path& root) {
  std::vector<SourceFile> files;
  std::vector<std::string_view> folders = rooms_in_order();
  folders.push_back("tests");
  for (const std::string_view folder : folders) {
    if (!std::filesystem::exists(root / folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      const std::filesystem::path& path = entry.path();
      const bool wanted = path.extension() == ".h" || path.extension() == ".cpp" ||
                          path.filename() == "CMakeLists.txt";
      if (!wanted) continue;
      files.push_back(make_source(path.lexically_relative(root).string(), read_file(path)));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

bool is_header(const SourceFile& file) { return file.path.ends_with(".h"); }
bool is_source(const SourceFile& file) { return file.path.ends_with(".cpp"); }
bool is_test(const SourceFile& file) { return file.path.starts_with("tests/"); }

std::string_view room_of(std::string_view path) { return path.substr(0, path.find('/')); }

const std::vector<std::string_view>& rooms_in_order() {
  static const std::vector<std::string_view> rooms = {
      "base",     "ladders", "ingest", "learner", "probes", "progress", "history", "metrics",
      "describe", "plan",    "report", "judge",   "serve",  "terminal", "run",     "app"};
  return rooms;
}

}  // namespace gradus::test
