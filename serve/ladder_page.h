#pragma once

#include <string>

#include "describe/run_view.h"

namespace gradus {

/// The ladder as it stands as a headline and a plain HTML table, for browsers without scripts.
std::string ladder_table_html(const RunView& view);

}  // namespace gradus
