#include <CLI/CLI.hpp>

#include <cstdio>
#include <string_view>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "base/text.h"
#include "describe/words.h"
#include "serve/http_client.h"

namespace gradus {
namespace {

class HealthcheckCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("URL", url_, "Where gradus listens: a URL, HOST:PORT or PORT")
        ->transform(server_address())
        ->capture_default_str();
  }

  int run() override {
    const auto page = fetch(url_ + "/readyz");
    if (!page) return report_failure(page.error());
    const std::string_view first_line =
        std::string_view(page->body).substr(0, page->body.find('\n'));
    std::fprintf(page->status == 200 ? stdout : stderr, "%s\n", printable(first_line).c_str());
    return page->status == 200 ? kExitDone : kExitFailed;
  }

 private:
  std::string url_ = "http://127.0.0.1:9630";
};

}  // namespace

std::unique_ptr<Command> make_healthcheck_command() {
  return std::make_unique<HealthcheckCommand>();
}

}  // namespace gradus
