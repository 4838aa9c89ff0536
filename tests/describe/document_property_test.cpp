#include <rapidcheck.h>

#include <nlohmann/json.hpp>

#include "describe/json_writer.h"
#include "describe/run_fields.h"
#include "tests/describe/arbitrary_document.h"

namespace gradus {
namespace {

/// The document as progress.json holds it.
std::string written(ProgressDocument document) {
  return write_json([&](FieldVisitor& visit) {
           origin_fields(visit, document);
           fields(visit, document);
         })
      .dump();
}

TEST(DocumentProperty, ReadingWhatWasWrittenGivesTheSameDocument) {
  EXPECT_TRUE(rc::check([] {
    const ProgressDocument document =
        test::arbitrary_document(*rc::gen::arbitrary<std::uint64_t>());
    const auto read = read_progress_document(written(document));
    RC_ASSERT(read.has_value());
    RC_ASSERT(written(*read) == written(document));
    RC_ASSERT(*read == document);
  }));
}

}  // namespace
}  // namespace gradus
