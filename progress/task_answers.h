#pragma once

#include <memory>
#include <string>
#include <vector>

#include "probes/given_answers.h"

namespace gradus {

/// A held-out item as people read it.
struct AskedItem {
  std::string question;
  std::string answer;  ///< the right one
};

/// The items of one task and what the model answered to them, at the newest probe and at the best
/// one. Null where not known.
struct TaskAnswers {
  std::string task;
  std::shared_ptr<const std::vector<AskedItem>> items;
  std::shared_ptr<const GivenAnswers> newest, best;
};

}  // namespace gradus
