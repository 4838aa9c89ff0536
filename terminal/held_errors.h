#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gradus {

/// Holds back what the process and its libraries write to stderr while a screen is drawn on the
/// same terminal, and writes it there when it ends. Nothing is held where stderr goes elsewhere.
/// The newest 4 MiB are kept; what is older is left out, and said so.
/// Threads: owned by the main thread; any thread may write to stderr meanwhile.
class HeldErrors {
 public:
  /// `screen` is the terminal that is drawn on.
  explicit HeldErrors(int screen);
  ~HeldErrors();
  HeldErrors(const HeldErrors&) = delete;
  HeldErrors& operator=(const HeldErrors&) = delete;

  /// The newest lines, oldest first.
  const std::vector<std::string>& newest();

 private:
  void forget_oldest(std::uint64_t size);
  void write_back();

  int terminal_ = -1;  // stderr as it was; -1: nothing is held
  int held_ = -1;
  std::uint64_t read_to_ = 0, kept_from_ = 0;
  std::string unfinished_;
  std::vector<std::string> lines_;
};

}  // namespace gradus
