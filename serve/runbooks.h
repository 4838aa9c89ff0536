#pragma once

#include <span>
#include <string_view>

#include "serve/http_server.h"

namespace gradus {

/// What to do when an alert fires.
struct RunbookText {
  std::string_view alert;
  std::string_view markdown;  ///< "# ALERT", then a paragraph or more below each "## ..."
};

/// docs/runbooks as it was when this program was built, sorted by name.
std::span<const RunbookText> runbook_texts();

/// The list of the runbooks at "/runbooks/" and each at "/runbooks/ALERT". Alerts link to them, so
/// whoever is called can read what to do without the sources.
HttpResponse answer_runbook(const HttpRequest& request);

}  // namespace gradus
