#include "judge/csv_reader.h"

#include <algorithm>

namespace gradus {

bool CsvReader::next(std::vector<std::string>& fields) {
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r'))
    line_ += text_[at_++] == '\n' ? 1 : 0;
  if (at_ >= text_.size()) return false;
  row_line_ = line_;
  row_begin_ = at_;
  wrong_ = {};
  fields.clear();
  fields.emplace_back();
  read_fields(fields);
  if (wrong_.empty() && too_long()) {
    wrong_ = "the row is longer than 1 MB";
    if (text_[at_ - 1] != '\n') at_ = std::min(text_.find('\n', at_), text_.size());
  }
  if (!wrong_.empty()) fields.assign(1, "");
  return true;
}

void CsvReader::read_fields(std::vector<std::string>& fields) {
  bool blank = true;  // so far; to look at the whole field at each quote takes for ever
  while (at_ < text_.size() && !too_long()) {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      if (!fields.back().empty() && fields.back().back() == '\r') fields.back().pop_back();
      return;
    }
    if (c == '"' && blank) {
      read_quoted(fields.back());
      blank = trimmed(fields.back()).empty();
      continue;
    }
    if (c == separator_)
      fields.emplace_back();
    else
      fields.back() += c;
    blank = c == separator_ || (blank && trimmed({&c, 1}).empty());
  }
}

void CsvReader::read_quoted(std::string& field) {
  field.clear();
  while (at_ < text_.size() && !too_long()) {
    const char c = text_[at_++];
    line_ += c == '\n' ? 1 : 0;
    if (c != '"') {
      field += c;
      continue;
    }
    if (at_ >= text_.size() || text_[at_] != '"') return;
    field += '"';
    ++at_;
  }
  wrong_ = "a quote is opened and never closed; the rest is not read";
  at_ = text_.size();
}

char separator_of(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char each : {';', '\t'})
    if (std::count(first.begin(), first.end(), each) > std::count(first.begin(), first.end(), best))
      best = each;
  return best;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace gradus
