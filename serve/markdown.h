#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace gradus {

/// Where a link leads instead; empty where it leads nowhere, and only its words are kept.
using LinkTarget = std::function<std::string(std::string_view)>;

/// The part of Markdown that our runbooks are written in, as HTML: headings, paragraphs, lists with
/// dashes or numbers, code, emphasis and links. All else is text, and nothing of it is markup.
/// Source: CommonMark 0.30. Departures: no nested blocks, no fences, no references, no raw HTML.
std::string markdown_to_html(std::string_view markdown, const LinkTarget& link);

}  // namespace gradus
