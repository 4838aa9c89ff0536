#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <string>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "base/text.h"
#include "describe/words.h"
#include "serve/http_client.h"

namespace gradus {
namespace {

using nlohmann::json;

/// What went wrong, in the server's own words where it has any.
Error refusal(const FetchedPage& page) {
  const json body = json::parse(page.body, nullptr, false);
  const bool worded = body.is_object() && body.contains("error") && body["error"].is_string();
  const ErrorCode code = page.status == 400 ? ErrorCode::kBadConfig : ErrorCode::kUnavailable;
  return {code, worded ? printable(body["error"].get<std::string>())
                       : "the server answers with status " + std::to_string(page.status)};
}

class AnnotateCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("TEXT", text_, "What happened, in one line of up to 200 characters")->required();
    app.add_option("--url", url_, "Where gradus listens: a URL, HOST:PORT or PORT")
        ->type_name("URL")
        ->transform(server_address())
        ->capture_default_str();
    app.add_flag("--rearm", rearm_, "Begin the detectors of every task anew from here on");
  }

  int run() override {
    const json body = {{"text", text_}, {"rearm", rearm_}};
    const auto page = post_json(url_ + "/api/v1/annotations",
                                body.dump(-1, ' ', false, json::error_handler_t::replace));
    if (!page) return report_failure(page.error());
    if (page->status != 201) return report_failure(refusal(*page));
    const json kept = json::parse(page->body, nullptr, false);
    const Step step = kept.is_object() ? kept.value("step", Step{0}) : 0;
    std::printf("marked at step %s: %s\n", with_thousands(step).c_str(), printable(text_).c_str());
    return kExitDone;
  }

 private:
  std::string text_, url_ = "http://127.0.0.1:9630";
  bool rearm_ = false;
};

}  // namespace

std::unique_ptr<Command> make_annotate_command() { return std::make_unique<AnnotateCommand>(); }

}  // namespace gradus
