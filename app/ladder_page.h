#pragma once

#include <string>

#include "app/run_view.h"

namespace gradus {

/// A plain HTML page of the ladder as it stands, renewed by the browser every two seconds; needs no
/// script.
std::string ladder_page(const RunView& view);

}  // namespace gradus
