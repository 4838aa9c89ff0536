#include "serve/live_page.h"

#include <algorithm>
#include <array>

#include "describe/progress_json.h"
#include "serve/ladder_page.h"

namespace gradus {
namespace {

constexpr std::string_view kTable = "<!--gradus:table-->";
constexpr std::string_view kProgress = "/*gradus:progress*/null";

/// JSON that cannot end the script element that it stands in.
std::string within_script(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json)
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  return out;
}

}  // namespace

LivePage::LivePage(std::string_view html)
    : html_(html), table_(html.find(kTable)), progress_(html.find(kProgress)) {}

std::string LivePage::fill(const RunView& view) const {
  return fill(ladder_table_html(view), within_script(progress_json(view)));
}

std::string LivePage::fill(std::string_view table, std::string_view progress) const {
  struct Filling {
    std::size_t at;
    std::size_t placeholder;
    std::string_view text;
  };
  std::array<Filling, 2> fillings{
      {{table_, kTable.size(), table}, {progress_, kProgress.size(), progress}}};
  if (progress_ < table_) std::swap(fillings[0], fillings[1]);
  std::string page;
  page.reserve(html_.size() + table.size() + progress.size());
  std::size_t from = 0;
  for (const Filling& each : fillings) {
    if (each.at == std::string_view::npos) continue;
    page += html_.substr(from, each.at - from);
    page += each.text;
    from = each.at + each.placeholder;
  }
  return page.append(html_.substr(from));
}

}  // namespace gradus
