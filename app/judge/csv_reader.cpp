#include "app/judge/csv_reader.h"

#include <algorithm>

namespace gradus {

bool CsvReader::next(std::vector<std::string>& fields) {
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r'))
    line_ += text_[at_++] == '\n' ? 1 : 0;
  if (at_ >= text_.size()) return false;
  row_line_ = line_;
  unclosed_ = false;
  fields.clear();
  fields.emplace_back();
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      if (!fields.back().empty() && fields.back().back() == '\r') fields.back().pop_back();
      return true;
    }
    if (c == separator_)
      fields.emplace_back();
    else if (c == '"' && trimmed(fields.back()).empty())
      read_quoted(fields.back());
    else
      fields.back() += c;
  }
  return true;
}

void CsvReader::read_quoted(std::string& field) {
  field.clear();
  while (at_ < text_.size()) {
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
  unclosed_ = true;
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
