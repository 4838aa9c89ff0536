#include "serve/runbooks.h"

#include <string>

#include "report/svg.h"
#include "serve/http_answer.h"
#include "serve/markdown.h"

namespace gradus {
namespace {

constexpr std::string_view kRunbooks = "/runbooks/";

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; }
h2 { font-size: 1.15rem; margin: 1.8rem 0 .4rem; }
li { margin: .35rem 0; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
nav { font-size: .9rem; }
)";

/// A page of text: nothing that gets into it may run, load or send anything.
HttpResponse runbook_page(std::string_view title, std::string_view content) {
  return {.content_type = "text/html; charset=utf-8",
          .body =
              "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
              markup_escaped(title) + " · gradus</title>\n<style>" + std::string(kStyle) +
              "</style>\n</head>\n<body>\n<nav><a href=\"../\">live page</a> · "
              "<a href=\"./\">all runbooks</a></nav>\n<main>\n" +
              std::string(content) + "</main>\n</body>\n</html>\n",
          .headers = {{"Content-Security-Policy",
                       "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                       "form-action 'none'; frame-ancestors 'none'"},
                      {"Referrer-Policy", "no-referrer"}}};
}

/// Runbooks lead to one another as files do, and to documents that are not served.
std::string runbook_link(std::string_view target) {
  const std::string_view name = target.substr(0, target.rfind(".md"));
  for (const RunbookText& runbook : runbook_texts())
    if (runbook.alert == name) return std::string(name);
  return target.find("://") == std::string_view::npos ? "" : std::string(target);
}

HttpResponse runbook_list() {
  std::string list = "<h1>Runbooks</h1>\n<p>What to do when an alert fires.</p>\n<ul>\n";
  for (const RunbookText& runbook : runbook_texts()) {
    const std::string name(runbook.alert);
    list += "<li><a href=\"" + name + "\">" + name + "</a></li>\n";
  }
  return runbook_page("Runbooks", list + "</ul>\n");
}

}  // namespace

HttpResponse answer_runbook(const HttpRequest& request) {
  const std::string_view name = std::string_view(request.path).substr(kRunbooks.size());
  if (name.empty()) return runbook_list();
  for (const RunbookText& runbook : runbook_texts())
    if (runbook.alert == name)
      return runbook_page(runbook.alert, markdown_to_html(runbook.markdown, runbook_link));
  return http_error(404, "no runbook of that name; " + std::string(kRunbooks) + " lists them");
}

}  // namespace gradus
