#include "describe/sealed_words.h"

#include "describe/words.h"

namespace gradus {

std::string sealed_words(const TaskProgress& task) {
  if (!task.sealed) return "";
  const SealedGap& sealed = *task.sealed;
  const std::string figures = std::string(sealed.gap < 0 ? "" : "+") + two_digits(sealed.gap) +
                              " [" + two_digits(sealed.lower) + ", " + two_digits(sealed.upper) +
                              "]";
  if (sealed.overfit())
    return "The probe items are known better than new ones of the same kind (gap " + figures +
           "): the score of this task is too high.";
  return "No sign of overfitting to the probes (gap " + figures + ", " +
         with_thousands(sealed.items) + " sealed items).";
}

}  // namespace gradus
