#include "serve/markdown.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "report/svg.h"

namespace gradus {
namespace {

/// One paragraph, heading or item, its lines joined; `tag` is "p", "h1", "h2", "ul" or "ol".
struct Block {
  std::string_view tag;
  std::string text;
};

/// Takes what stands up to the next `mark` from `rest`, and the mark; empty and nothing taken where
/// there is none.
std::string_view take_until(std::string_view& rest, std::string_view mark) {
  const std::size_t end = rest.find(mark);
  if (end == std::string_view::npos) return {};
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end + mark.size());
  return taken;
}

std::string inline_html(std::string_view text, const LinkTarget& link);

/// What `open` begins, up to `close`, within the element `tag`; false where `text` does not begin
/// with it or it never ends.
bool take_element(std::string_view& text, std::string_view mark, std::string_view tag,
                  const LinkTarget* link, std::string& out) {
  if (!text.starts_with(mark)) return false;
  std::string_view rest = text.substr(mark.size());
  const std::string_view inner = take_until(rest, mark);
  if (inner.empty()) return false;
  text = rest;
  out += "<" + std::string(tag) + ">" +
         (link == nullptr ? markup_escaped(inner) : inline_html(inner, *link)) + "</" +
         std::string(tag) + ">";
  return true;
}

bool take_link(std::string_view& text, const LinkTarget& link, std::string& out) {
  if (!text.starts_with('[')) return false;
  std::string_view rest = text.substr(1);
  const std::string_view words = take_until(rest, "](");
  const std::string_view target = take_until(rest, ")");
  if (words.empty() || target.empty()) return false;
  text = rest;
  const std::string to = link(target);
  const std::string shown = inline_html(words, link);
  out += to.empty() ? shown : "<a href=\"" + markup_escaped(to) + "\">" + shown + "</a>";
  return true;
}

std::string inline_html(std::string_view text, const LinkTarget& link) {
  std::string out;
  while (!text.empty()) {
    if (take_element(text, "`", "code", nullptr, out) ||
        take_element(text, "**", "strong", &link, out) ||
        take_element(text, "*", "em", &link, out) || take_link(text, link, out))
      continue;
    out += markup_escaped(text.substr(0, 1));
    text.remove_prefix(1);
  }
  return out;
}

/// The tag of the block that a line begins, and the line without its mark; empty where it continues
/// with the block before it.
std::string_view take_mark(std::string_view& line) {
  for (const auto& [mark, tag] :
       {std::pair{"## ", "h2"}, std::pair{"# ", "h1"}, std::pair{"- ", "ul"}}) {
    if (!line.starts_with(mark)) continue;
    line.remove_prefix(std::string_view(mark).size());
    return tag;
  }
  const auto digits =
      std::find_if(line.begin(), line.end(), [](unsigned char c) { return std::isdigit(c) == 0; }) -
      line.begin();
  const auto number = static_cast<std::size_t>(digits);
  if (number == 0 || !line.substr(number).starts_with(". ")) return {};
  line.remove_prefix(number + 2);
  return "ol";
}

void add_line(std::string_view line, bool after_gap, std::vector<Block>& blocks) {
  const std::string_view tag = take_mark(line);
  line.remove_prefix(std::min(line.size(), line.find_first_not_of(' ')));
  if (tag.empty() && !after_gap && !blocks.empty() && !blocks.back().tag.starts_with('h'))
    blocks.back().text += " " + std::string(line);
  else
    blocks.push_back({tag.empty() ? "p" : tag, std::string(line)});
}

std::vector<Block> blocks_of(std::string_view markdown) {
  std::vector<Block> blocks;
  bool gap = true;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    if (!line.empty()) add_line(line, gap, blocks);
    gap = line.empty();
    markdown.remove_prefix(std::min(markdown.size(), end + 1));
  }
  return blocks;
}

}  // namespace

std::string markdown_to_html(std::string_view markdown, const LinkTarget& link) {
  std::string out;
  std::string_view list;  // that is open
  for (const Block& block : blocks_of(markdown)) {
    const bool item = block.tag == "ul" || block.tag == "ol";
    if (!list.empty() && block.tag != list) {
      out += "</" + std::string(list) + ">\n";
      list = {};
    }
    if (item && list.empty()) {
      list = block.tag;
      out += "<" + std::string(list) + ">\n";
    }
    const std::string tag(item ? "li" : block.tag);
    out += "<" + tag + ">" + inline_html(block.text, link) + "</" + tag + ">\n";
  }
  return list.empty() ? out : out + "</" + std::string(list) + ">\n";
}

}  // namespace gradus
