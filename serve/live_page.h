#pragma once

#include <string>
#include <string_view>

#include "describe/run_view.h"

namespace gradus {

/// The page that dashboards/live builds and the program carries within it.
std::string_view live_page_html();

/// The page at "/": the live page with the ladder as a plain table for browsers without scripts,
/// and the progress as it stands, so that the first paint shows it.
/// Threads: owned by the main thread. Cost: O(size of the page).
class LivePage {
 public:
  /// Divides `html`, which outlives it, at its two placeholders: <!--gradus:table--> and, behind
  /// it or before it, /*gradus:progress*/null; what is missing is left out.
  explicit LivePage(std::string_view html);

  std::string fill(const RunView& view) const;
  std::string fill(std::string_view table, std::string_view progress) const;

 private:
  std::string_view html_;
  std::size_t table_, progress_;  // where they stand; npos where they do not
};

}  // namespace gradus
