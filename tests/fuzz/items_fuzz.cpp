// Files of held-out items, read as a file from the memory of this process.
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "ladders/items_file.h"
#include "tests/fuzz/fuzz.h"

namespace gradus::test {
namespace {

Ladder ladder_with_items(const std::string& file) {
  Ladder ladder;
  ladder.name = "fuzz";
  ladder.tiers.push_back({.name = "only"});
  for (const char* name : {"a", "b"}) ladder.tasks.push_back({.name = name});
  ladder.items_file = file;
  return ladder;
}

}  // namespace
}  // namespace gradus::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gradus;
  const int file = memfd_create("items", MFD_CLOEXEC);
  test::require(file >= 0 && write(file, data, size) == static_cast<ssize_t>(size));
  const Ladder ladder = test::ladder_with_items("/proc/self/fd/" + std::to_string(file));
  const auto items = read_items_file(ladder);
  if (items)
    for (const Item& item : *items) test::require(item.task < ladder.tasks.size());
  close(file);
  return 0;
}
