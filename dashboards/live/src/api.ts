// Generated from api.schema.json by `npm run types`; do not edit.

/**
 * The answer of /api/v1/progress and the event `progress`.
 */
export interface Progress {
  /**
   * Name of the run.
   */
  run: string;
  /**
   * Where learning stands, in one sentence.
   */
  headline: string;
  /**
   * Number of the process within the run, from 1.
   */
  attempt: number;
  /**
   * Examples learned.
   * Unit: steps.
   */
  step: number;
  /**
   * When this was written.
   * Unit: s since 1970.
   */
  time: number;
  /**
   * The ladder of the run.
   * Null: the run has no ladder, or has just begun.
   */
  ladder: {
    /**
     * Its name.
     */
    name: string;
    /**
     * Its version.
     */
    version: number;
  } | null;
  /**
   * The share of healthy runs that may have a false alarm.
   * Unit: runs.
   * Null: the run has no ladder, or has just begun.
   */
  false_alarms_per_run: number | null;
  /**
   * How that share is split, in words.
   * Null: the run has no ladder, or has just begun.
   */
  error_budget: string | null;
  /**
   * Step since which no score of any task has changed.
   * Unit: steps.
   * Null: the model changes.
   */
  unchanged_since_step: number | null;
  /**
   * What probes cost and whether they keep pace.
   * Null: the run has no ladder, or has just begun.
   */
  probing: {
    /**
     * Whether the learner waits for its probes.
     */
    waits: boolean;
    /**
     * CPU time of the probes.
     * Unit: s.
     */
    cpu_seconds: number;
    /**
     * Their share of the CPU time of learning and probing.
     * Unit: share.
     * Null: no CPU time was used yet.
     */
    cpu_share: number | null;
    /**
     * The share they may have: of the same where the learner waits, else of the machine.
     * Unit: share.
     */
    allowed_share: number;
    /**
     * Snapshots that were not probed in time.
     * Unit: snapshots.
     */
    snapshots_missed: number;
    /**
     * Tasks that are probed.
     * Unit: tasks.
     */
    tasks: number;
    /**
     * Tasks whose detectors run.
     * Unit: tasks.
     */
    tasks_armed: number;
    /**
     * The same in words.
     */
    words: string;
  } | null;
  /**
   * What became of the forecasts so far.
   * Null: the run has no ladder, or has just begun.
   */
  calibration: {
    /**
     * Forecasts that are kept to be scored.
     * Unit: forecasts.
     */
    made: number;
    /**
     * Those of one doubling whose outcome is known.
     * Unit: forecasts.
     */
    resolved: number;
    /**
     * Whether enough forecasts are resolved and they were better than a coin.
     */
    calibrated: boolean;
    /**
     * The forecaster with the best scores, whose forecasts are shown.
     */
    shown: "curve_filter" | "linear" | "persistence";
    /**
     * The scores at one, two and four doublings.
     */
    horizons: {
      /**
       * How far ahead these forecasts look.
       * Unit: doublings.
       */
      doublings: number;
      /**
       * Forecasts whose outcome is known.
       * Unit: forecasts.
       */
      resolved: number;
      /**
       * How this forecaster did.
       */
      curve_filter: {
        /**
         * Mean squared error of the probability; 0.25 is a coin.
         */
        brier: number;
        /**
         * Mean log loss of the probability.
         * Unit: nats.
         */
        log_loss: number;
        /**
         * The forecasts by tenths of probability, to compare with what happened.
         */
        bins: {
          /**
           * Forecasts of about this probability.
           * Unit: forecasts.
           */
          count: number;
          /**
           * Their mean probability.
           * Unit: probability.
           */
          forecast: number;
          /**
           * Share of them that came true.
           * Unit: share.
           */
          happened: number;
        }[];
      };
      /**
       * How this forecaster did.
       */
      linear: {
        /**
         * Mean squared error of the probability; 0.25 is a coin.
         */
        brier: number;
        /**
         * Mean log loss of the probability.
         * Unit: nats.
         */
        log_loss: number;
        /**
         * The forecasts by tenths of probability, to compare with what happened.
         */
        bins: {
          /**
           * Forecasts of about this probability.
           * Unit: forecasts.
           */
          count: number;
          /**
           * Their mean probability.
           * Unit: probability.
           */
          forecast: number;
          /**
           * Share of them that came true.
           * Unit: share.
           */
          happened: number;
        }[];
      };
      /**
       * How this forecaster did.
       */
      persistence: {
        /**
         * Mean squared error of the probability; 0.25 is a coin.
         */
        brier: number;
        /**
         * Mean log loss of the probability.
         * Unit: nats.
         */
        log_loss: number;
        /**
         * The forecasts by tenths of probability, to compare with what happened.
         */
        bins: {
          /**
           * Forecasts of about this probability.
           * Unit: forecasts.
           */
          count: number;
          /**
           * Their mean probability.
           * Unit: probability.
           */
          forecast: number;
          /**
           * Share of them that came true.
           * Unit: share.
           */
          happened: number;
        }[];
      };
    }[];
    /**
     * Where scores fell in their predicted distributions, by tenths: even counts mean honest forecasts.
     */
    pit: {
      /**
       * Counts of this forecaster.
       * Unit: scores.
       *
       * @minItems 10
       * @maxItems 10
       */
      curve_filter: number[];
      /**
       * Counts of this forecaster.
       * Unit: scores.
       *
       * @minItems 10
       * @maxItems 10
       */
      linear: number[];
      /**
       * Counts of this forecaster.
       * Unit: scores.
       *
       * @minItems 10
       * @maxItems 10
       */
      persistence: number[];
    };
    /**
     * How the 80 % intervals of `examples_to_target` came out.
     */
    intervals: {
      /**
       * Intervals whose task reached its target.
       * Unit: intervals.
       */
      resolved: number;
      /**
       * Those that held the true number of examples, as shown.
       * Unit: intervals.
       */
      covered: number;
      /**
       * Those that held it before they were widened.
       * Unit: intervals.
       */
      covered_unwidened: number;
      /**
       * Intervals still unresolved after sixteen doublings, counted nowhere else.
       * Unit: intervals.
       */
      given_up: number;
      /**
       * Median error of the median forecast.
       * Unit: doublings.
       */
      median_error: number;
      /**
       * What new intervals are widened by.
       * Unit: factor.
       */
      widening: number;
    };
  } | null;
  /**
   * The tasks, in ladder order.
   */
  tasks: {
    /**
     * Name of the task.
     */
    task: string;
    /**
     * Name of its tier.
     */
    tier: string;
    /**
     * Step of the newest score; 0 before the first probe.
     * Unit: steps.
     */
    step: number;
    /**
     * Examples of the task itself up to that step.
     * Unit: examples.
     */
    own_step: number;
    /**
     * Time of the newest score.
     * Unit: s since 1970.
     * Null: the time is not known.
     */
    time: number | null;
    /**
     * Items that were asked.
     * Unit: items.
     */
    items: number;
    /**
     * Mean probability of the right answer.
     * Unit: share.
     * Null: the task has not been probed.
     */
    score: number | null;
    /**
     * Lower end of the score's 95 % interval.
     * Unit: share.
     * Null: the task has not been probed.
     */
    lower: number | null;
    /**
     * Upper end of the score's 95 % interval.
     * Unit: share.
     * Null: the task has not been probed.
     */
    upper: number | null;
    /**
     * An interval of the score that holds for all looks at once.
     */
    peek_safe: {
      /**
       * Its lower end.
       * Unit: share.
       * Null: the task has not been probed.
       */
      lower: number | null;
      /**
       * Its upper end.
       * Unit: share.
       * Null: the task has not been probed.
       */
      upper: number | null;
      /**
       * A DKW band, or alpha spending where items flip between looks.
       */
      method: "dkw" | "alpha_spending";
    };
    /**
     * Share of items answered exactly.
     * Unit: share.
     * Null: the task has not been probed.
     */
    exact: number | null;
    /**
     * Lower end of its Wilson interval.
     * Unit: share.
     * Null: the task has not been probed.
     */
    exact_lower: number | null;
    /**
     * Upper end of its Wilson interval.
     * Unit: share.
     * Null: the task has not been probed.
     */
    exact_upper: number | null;
    /**
     * Mean log loss over the items.
     * Unit: nats.
     * Null: the task has not been probed.
     */
    log_loss: number | null;
    /**
     * Score of a model that guesses.
     * Unit: share.
     */
    chance: number;
    /**
     * Score of a model that only knows the form of the answers.
     * Unit: share.
     */
    floor: number;
    /**
     * Exact match of always giving the commonest answer.
     * Unit: share.
     */
    exact_floor: number;
    /**
     * Score at which the task is mastered.
     * Unit: share.
     */
    target: number;
    /**
     * The best score so far.
     * Unit: share.
     * Null: the task has not been probed.
     */
    best: number | null;
    /**
     * Step of the best score.
     * Unit: steps.
     */
    best_step: number;
    /**
     * How the learning of the task stands.
     */
    verdict: "dormant" | "learning" | "stalled" | "regressing" | "mastered";
    /**
     * Step since which the verdict stands.
     * Unit: steps.
     */
    since_step: number;
    /**
     * Step above which the detectors started over; the verdict is older.
     * Unit: steps.
     * Null: the detectors have alarmed since, or never started over.
     */
    rearmed_step: number | null;
    /**
     * What the score gains with each doubling of the examples.
     * Unit: per doubling.
     * Null: the detectors have too few scores.
     */
    slope_per_doubling: number | null;
    /**
     * The slope two standard errors above its estimate.
     * Unit: per doubling.
     * Null: the detectors have too few scores.
     */
    slope_per_doubling_upper: number | null;
    /**
     * Root of the long-run variance of the score.
     * Unit: share.
     * Null: the detectors have too few scores.
     */
    noise_sd: number | null;
    /**
     * Correlation between neighbouring scores.
     * Null: the detectors have too few scores.
     */
    autocorrelation: number | null;
    /**
     * Whether the stated rate of false alarms holds for the task.
     */
    error_rate_claimed: boolean;
    /**
     * The same in words.
     */
    error_rate: string;
    /**
     * The task's own examples per example, since the last probe but one.
     * Unit: share.
     */
    stream_share: number;
    /**
     * How much better the probe items are known than sealed ones of the same kind.
     * Null: no sealed items were asked.
     */
    sealed: {
      /**
       * Step of the comparison.
       * Unit: steps.
       */
      step: number;
      /**
       * Number of sealed items.
       * Unit: items.
       */
      items: number;
      /**
       * Score of the sealed items.
       * Unit: share.
       */
      score: number;
      /**
       * Score of the probe items minus that of the sealed ones.
       * Unit: share.
       */
      gap: number;
      /**
       * Lower end of its interval, for all tasks and doublings of a run at once.
       * Unit: share.
       */
      lower: number;
      /**
       * Upper end of the same interval.
       * Unit: share.
       */
      upper: number;
      /**
       * Whether only reuse of the probe items explains the gap.
       */
      overfit: boolean;
      /**
       * The comparison in words.
       */
      words: string;
    } | null;
    /**
     * Probability that the task reaches its target within one doubling.
     * Unit: probability.
     * Null: the task has no forecast.
     */
    belief: number | null;
    /**
     * Probability that it reaches its target within twelve doublings.
     * Unit: probability.
     * Null: the task has no forecast.
     */
    belief_ever: number | null;
    /**
     * Who made the forecast.
     * Null: the task has no forecast.
     */
    forecast_source: "curve_filter" | "linear" | "persistence" | null;
    /**
     * Whether there is no forecast because the skill has fallen.
     */
    just_lost: boolean;
    /**
     * The parts of the task, such as the positions of the answer.
     */
    facets: {
      /**
       * Name of the facet.
       */
      name: string;
      /**
       * Mean probability of the right answer.
       * Unit: share.
       */
      score: number;
      /**
       * Share of items answered exactly.
       * Unit: share.
       */
      exact: number;
      /**
       * Whether the facet came at once.
       * Null: the task has not been probed.
       */
      threshold: {
        /**
         * Whether the skill came at once, and whether exact match hid that it did not.
         */
        kind: "undecided" | "continuous" | "metric_artefact" | "real_jump";
        /**
         * Largest part of the score's rise that lies within eight probes.
         * Unit: share.
         */
        share_of_jump: number;
        /**
         * The same part of the rise of exact match.
         * Unit: share.
         */
        share_of_jump_exact: number;
        /**
         * Where the largest jump of the score lies.
         * Unit: steps.
         */
        jump_step: number;
        /**
         * Part of the score's rise that was done when exact match first moved.
         * Unit: share.
         * Null: exact match has not risen enough to tell.
         */
        hidden_progress: number | null;
        /**
         * Width of the rise, from one tenth of it to nine tenths.
         * Unit: doublings.
         * Null: the score has not risen enough to tell.
         */
        width: number | null;
        /**
         * Width of the rise of exact match.
         * Unit: doublings.
         * Null: exact match has not risen enough to tell.
         */
        width_exact: number | null;
        /**
         * Width of four probes: a narrower rise looks like a jump.
         * Unit: doublings.
         */
        resolution: number;
      } | null;
    }[];
    /**
     * The facet with the lowest score.
     * Null: no facet stands out.
     */
    bottleneck: string | null;
    /**
     * The facet that came at once where the task as a whole grew bit by bit.
     * Null: no facet switched on.
     */
    switched_on: string | null;
    /**
     * How many more examples the task needs to reach its target.
     * Null: there is no forecast, or it sees no way to the target.
     */
    examples_to_target: {
      /**
       * Lower end of the 80 % interval.
       * Unit: examples.
       */
      p10: number;
      /**
       * Median.
       * Unit: examples.
       */
      p50: number;
      /**
       * Upper end of the 80 % interval.
       * Unit: examples.
       */
      p90: number;
    } | null;
    /**
     * Whether the skill came at once.
     * Null: the task has not been probed.
     */
    threshold: {
      /**
       * Whether the skill came at once, and whether exact match hid that it did not.
       */
      kind: "undecided" | "continuous" | "metric_artefact" | "real_jump";
      /**
       * Largest part of the score's rise that lies within eight probes.
       * Unit: share.
       */
      share_of_jump: number;
      /**
       * The same part of the rise of exact match.
       * Unit: share.
       */
      share_of_jump_exact: number;
      /**
       * Where the largest jump of the score lies.
       * Unit: steps.
       */
      jump_step: number;
      /**
       * Part of the score's rise that was done when exact match first moved.
       * Unit: share.
       * Null: exact match has not risen enough to tell.
       */
      hidden_progress: number | null;
      /**
       * Width of the rise, from one tenth of it to nine tenths.
       * Unit: doublings.
       * Null: the score has not risen enough to tell.
       */
      width: number | null;
      /**
       * Width of the rise of exact match.
       * Unit: doublings.
       * Null: exact match has not risen enough to tell.
       */
      width_exact: number | null;
      /**
       * Width of four probes: a narrower rise looks like a jump.
       * Unit: doublings.
       */
      resolution: number;
    } | null;
    /**
     * The evidence of the detectors.
     */
    evidence: {
      /**
       * That the task has begun to learn.
       */
      progress: {
        /**
         * The evidence.
         * Unit: nats.
         */
        log_e: number;
        /**
         * Where it is an alarm.
         * Unit: nats.
         */
        threshold: number;
      };
      /**
       * That learning has stopped below the target.
       */
      stall: {
        /**
         * The evidence.
         * Unit: nats.
         */
        log_e: number;
        /**
         * Where it is an alarm.
         * Unit: nats.
         */
        threshold: number;
      };
      /**
       * That the skill falls.
       */
      regress: {
        /**
         * The evidence.
         * Unit: nats.
         */
        log_e: number;
        /**
         * Where it is an alarm.
         * Unit: nats.
         */
        threshold: number;
      };
    };
    /**
     * How closely the task is watched.
     */
    watch: {
      /**
       * Whether a stall or a fall can be found now.
       */
      armed: boolean;
      /**
       * Probes that the estimate of the noise rests on.
       * Unit: probes.
       */
      probes: number;
      /**
       * Probes that the detectors wait for.
       * Unit: probes.
       */
      probes_needed: number;
      /**
       * Recent probes per doubling of the examples.
       * Unit: probes.
       * Null: there are too few probes to tell.
       */
      probes_per_doubling: number | null;
      /**
       * Step at which the detectors will start.
       * Unit: steps.
       * Null: the detectors run, or nothing can be said.
       */
      armed_from_step: number | null;
      /**
       * How closely the task is watched, in words.
       */
      words: string;
    };
    /**
     * The newest change of the verdict.
     * Null: the verdict has not changed.
     */
    last_change: {
      /**
       * The verdict before.
       */
      from: "dormant" | "learning" | "stalled" | "regressing" | "mastered";
      /**
       * The verdict after.
       */
      to: "dormant" | "learning" | "stalled" | "regressing" | "mastered";
      /**
       * Step of the score at which the verdict changed.
       * Unit: steps.
       */
      step: number;
      /**
       * Examples of the task itself up to that step.
       * Unit: examples.
       */
      own_step: number;
      /**
       * Time of that score.
       * Unit: s since 1970.
       * Null: the time is not known.
       */
      time: number | null;
      /**
       * That score.
       * Unit: share.
       */
      score: number;
      /**
       * Start of the window in which the cause lies.
       * Unit: steps.
       * Null: the score alone told of a rise.
       */
      window_from_step: number | null;
      /**
       * Slope that was expected in the window.
       * Unit: per doubling.
       * Null: no detector found the change.
       */
      slope_before: number | null;
      /**
       * Slope that was found in the window.
       * Unit: per doubling.
       * Null: no detector found the change.
       */
      slope_now: number | null;
      /**
       * The evidence of the detector that found the change.
       */
      evidence: {
        /**
         * The evidence.
         * Unit: nats.
         * Null: no detector found the change.
         */
        log_e: number | null;
        /**
         * Where it is an alarm.
         * Unit: nats.
         * Null: no detector found the change.
         */
        threshold: number | null;
      };
      /**
       * Since when the model has not changed, of a stall that this alone told of.
       * Unit: steps.
       * Null: the change is no stall of a frozen model.
       */
      unchanged_since_step: number | null;
      /**
       * Item-level evidence of losses against the best snapshot.
       * Unit: nats.
       */
      log_e_items: number;
      /**
       * Items right at the best snapshot and wrong now.
       */
      items_lost: number[];
      /**
       * Items wrong at the best snapshot and right now.
       * Unit: items.
       */
      items_gained: number;
      /**
       * The answers to the first of `items_lost`.
       */
      lost_answers: {
        /**
         * Number of the item.
         */
        item: number;
        /**
         * The question.
         */
        question: string;
        /**
         * The right answer, which the best snapshot gave.
         */
        answer: string;
        /**
         * The answer given at the change.
         * Null: the learner does not say.
         */
        given: string | null;
      }[];
      /**
       * What the stream brought while the evidence gathered.
       * Null: the stream was not watched.
       */
      stream: {
        /**
         * The window holds the examples after this step.
         * Unit: steps.
         */
        from_step: number;
        /**
         * The last step of the window.
         * Unit: steps.
         */
        to_step: number;
        /**
         * When it began.
         * Unit: s since 1970.
         * Null: the time is not known.
         */
        from_time: number | null;
        /**
         * When it ended.
         * Unit: s since 1970.
         * Null: the time is not known.
         */
        to_time: number | null;
        /**
         * Examples predicted, each before it was learned.
         * Unit: examples.
         */
        examples: number;
        /**
         * Their mean log loss.
         * Unit: nats.
         * Null: the window has no examples.
         */
        log_loss: number | null;
        /**
         * Mean log loss over as many doublings before the window.
         * Unit: nats.
         * Null: nothing was learned before the window.
         */
        log_loss_before: number | null;
        /**
         * Inputs, losses, gradients and weights that were not finite.
         * Unit: examples.
         */
        non_finite: number;
        /**
         * Records that could not be decoded.
         * Unit: records.
         */
        rejected: number;
        /**
         * Jumps of the offset over records that are gone.
         * Unit: gaps.
         */
        gaps: number;
        /**
         * Records that were delivered again and left out.
         * Unit: records.
         */
        duplicates: number;
        /**
         * Attempts that began in the window.
         * Unit: attempts.
         */
        restarts: number;
        /**
         * Time spent in waits for data of five seconds or more.
         * Unit: s.
         */
        silent_seconds: number;
      } | null;
    } | null;
    /**
     * When the task last improved for certain, or was mastered.
     * Unit: s since 1970.
     * Null: the task has not improved.
     */
    last_improvement: number | null;
    /**
     * Step of the same.
     * Unit: steps.
     */
    last_improvement_step: number;
    /**
     * The changes of the verdict so far.
     */
    state_changes: {
      /**
       * Began to learn.
       * Unit: changes.
       */
      improved: number;
      /**
       * Stalled.
       * Unit: changes.
       */
      stalled: number;
      /**
       * Fell.
       * Unit: changes.
       */
      regressed: number;
      /**
       * Recovered.
       * Unit: changes.
       */
      recovered: number;
      /**
       * Reached the target.
       * Unit: changes.
       */
      mastered: number;
    };
  }[];
  /**
   * The tiers, in ladder order.
   */
  tiers: {
    /**
     * Name of the tier.
     */
    tier: string;
    /**
     * Mastered when all tasks are, else the most advanced of the others.
     */
    verdict: "dormant" | "learning" | "stalled" | "regressing" | "mastered";
    /**
     * Mean score of its tasks.
     * Unit: share.
     */
    score: number;
    /**
     * Probability that all tasks reach their targets within one doubling.
     * Null: a task has no forecast.
     */
    belief: {
      /**
       * If their skills are independent.
       * Unit: probability.
       */
      lower: number;
      /**
       * If they come together.
       * Unit: probability.
       */
      upper: number;
    } | null;
  }[];
  /**
   * The tier that is being learned.
   * Null: no tier is being learned.
   */
  frontier: string | null;
  /**
   * The newest 100 events that were declared.
   */
  annotations: {
    /**
     * Number of the annotation within the run, from 1.
     */
    id: number;
    /**
     * Examples learned when it was declared.
     * Unit: steps.
     */
    step: number;
    /**
     * When it was declared.
     * Unit: s since 1970.
     * Null: the time is not known.
     */
    time: number | null;
    /**
     * What happened, in the words of whoever declared it.
     */
    text: string;
    /**
     * Whether the detectors start over at the first score above `step`.
     */
    rearm: boolean;
    /**
     * Whether a person or program noted it, or the demo injected it.
     */
    kind: "note" | "fault";
  }[];
  /**
   * How the learner stands.
   * Null: the learner has not begun.
   */
  learner: {
    /**
     * Kind of the learner.
     */
    kind: string;
    /**
     * Examples learned.
     * Unit: examples.
     */
    examples: number;
    /**
     * Examples predicted right before they were learned.
     * Unit: examples.
     */
    correct: number;
    /**
     * Mean loss, each example predicted first.
     * Null: nothing was learned yet.
     */
    mean_loss: number | null;
    /**
     * Mean log loss of the same predictions.
     * Unit: nats.
     * Null: nothing was learned yet.
     */
    mean_log_loss: number | null;
    /**
     * Learning rate.
     * Null: the learner does not know it.
     */
    learning_rate: number | null;
    /**
     * Norm of the newest gradient.
     * Null: the learner does not know it.
     */
    gradient_norm: number | null;
    /**
     * Norm of the weights.
     * Null: the learner does not know it.
     */
    weight_norm: number | null;
    /**
     * Number of parameters.
     */
    parameters: number;
    /**
     * Whether the weights are no longer finite.
     */
    diverged: boolean;
    /**
     * When the newest checkpoint was written.
     * Unit: s since 1970.
     * Null: there is no checkpoint yet.
     */
    last_checkpoint: number | null;
    /**
     * Step of the newest checkpoint.
     * Unit: steps.
     */
    last_checkpoint_step: number;
  } | null;
  /**
   * How the stream stands.
   * Null: reading has not begun.
   */
  stream: {
    /**
     * Name of the stream.
     */
    topic: string;
    /**
     * Whether the source can be reached.
     */
    connected: boolean;
    /**
     * Records read.
     * Unit: records.
     */
    messages: number;
    /**
     * Examples decoded from them.
     * Unit: examples.
     */
    examples: number;
    /**
     * Examples learned per second of late.
     * Unit: 1/s.
     * Null: the run has just begun.
     */
    examples_per_second: number | null;
    /**
     * Records that are not learned yet.
     * Unit: records.
     * Null: the end of a partition is not known.
     */
    lag: number | null;
    /**
     * Records that gave no example, by reason.
     * Unit: records.
     */
    rejected: {
      [k: string]: number;
    };
    /**
     * Jumps of the offset over records that are gone.
     * Unit: gaps.
     */
    gaps: number;
    /**
     * Records that were delivered again and left out.
     * Unit: records.
     */
    duplicates: number;
    /**
     * The partitions of the stream.
     */
    partitions: {
      /**
       * Number of the partition.
       */
      partition: number;
      /**
       * Offset of the record that is learned next.
       */
      next_offset: number;
      /**
       * End of the partition, as last seen.
       * Null: the end is not known.
       */
      high_watermark: number | null;
      /**
       * Records that are not learned yet.
       * Unit: records.
       * Null: the end is not known.
       */
      lag: number | null;
    }[];
    /**
     * Whether the stream has ended.
     */
    ended: boolean;
    /**
     * Time since the last record while gradus waits for the next.
     * Unit: s.
     * Null: records arrive, or it is less than five seconds.
     */
    silent_seconds: number | null;
    /**
     * When the last record was read.
     * Unit: s since 1970.
     * Null: no record was read yet.
     */
    last_message: number | null;
  } | null;
  /**
   * How the history is kept.
   * Null: nothing was kept yet.
   */
  history: {
    /**
     * Writes that failed, each retry counted.
     * Unit: writes.
     */
    write_failures: number;
    /**
     * Scores in memory that could not be written yet.
     * Unit: scores.
     */
    scores_waiting: number;
    /**
     * Scores for which there was no room in memory.
     * Unit: scores.
     */
    scores_dropped: number;
  } | null;
  /**
   * Titles of the tiers, by name; absent without a ladder.
   */
  tier_titles?: {
    [k: string]: string;
  };
  /**
   * Titles of the tasks, by name; absent without a ladder.
   */
  task_titles?: {
    [k: string]: string;
  };
  /**
   * Whether the newest snapshot showed no change.
   */
  unchanged_suspected: boolean;
  /**
   * Changes of verdicts of the whole run.
   * Unit: changes.
   */
  changed: number;
  /**
   * Notes of the whole run, faults not counted.
   * Unit: notes.
   */
  annotated: number;
}

/**
 * The answer of /api/v1/history.
 */
export interface History {
  /**
   * Name of the task.
   */
  task: string;
  /**
   * The curve, with the range of each bucket.
   */
  points: {
    /**
     * Step of the last score in the bucket.
     * Unit: steps.
     */
    step: number;
    /**
     * Examples of the task itself up to that step.
     * Unit: examples.
     */
    own_step: number;
    /**
     * Time of the last score.
     * Unit: s since 1970.
     * Null: the time is not known.
     */
    time: number | null;
    /**
     * Lowest score in the bucket.
     * Unit: share.
     */
    min: number;
    /**
     * Highest score in the bucket.
     * Unit: share.
     */
    max: number;
    /**
     * Last score in the bucket.
     * Unit: share.
     */
    last: number;
    /**
     * Share of items answered exactly, of the last score.
     * Unit: share.
     */
    exact: number;
    /**
     * Lower end of the last score's interval.
     * Unit: share.
     */
    lower: number;
    /**
     * Upper end of the last score's interval.
     * Unit: share.
     */
    upper: number;
    /**
     * Scores in the bucket.
     * Unit: scores.
     */
    count: number;
  }[];
  /**
   * The changes of the verdict in these steps.
   */
  changes: {
    /**
     * The verdict before.
     */
    from: "dormant" | "learning" | "stalled" | "regressing" | "mastered";
    /**
     * The verdict after.
     */
    to: "dormant" | "learning" | "stalled" | "regressing" | "mastered";
    /**
     * Step of the score at which the verdict changed.
     * Unit: steps.
     */
    step: number;
    /**
     * Examples of the task itself up to that step.
     * Unit: examples.
     */
    own_step: number;
    /**
     * Time of that score.
     * Unit: s since 1970.
     * Null: the time is not known.
     */
    time: number | null;
    /**
     * That score.
     * Unit: share.
     */
    score: number;
    /**
     * Start of the window in which the cause lies.
     * Unit: steps.
     * Null: the score alone told of a rise.
     */
    window_from_step: number | null;
    /**
     * Slope that was expected in the window.
     * Unit: per doubling.
     * Null: no detector found the change.
     */
    slope_before: number | null;
    /**
     * Slope that was found in the window.
     * Unit: per doubling.
     * Null: no detector found the change.
     */
    slope_now: number | null;
    /**
     * The evidence of the detector that found the change.
     */
    evidence: {
      /**
       * The evidence.
       * Unit: nats.
       * Null: no detector found the change.
       */
      log_e: number | null;
      /**
       * Where it is an alarm.
       * Unit: nats.
       * Null: no detector found the change.
       */
      threshold: number | null;
    };
    /**
     * Since when the model has not changed, of a stall that this alone told of.
     * Unit: steps.
     * Null: the change is no stall of a frozen model.
     */
    unchanged_since_step: number | null;
    /**
     * Item-level evidence of losses against the best snapshot.
     * Unit: nats.
     */
    log_e_items: number;
    /**
     * Items right at the best snapshot and wrong now.
     */
    items_lost: number[];
    /**
     * Items wrong at the best snapshot and right now.
     * Unit: items.
     */
    items_gained: number;
    /**
     * The answers to the first of `items_lost`.
     */
    lost_answers: {
      /**
       * Number of the item.
       */
      item: number;
      /**
       * The question.
       */
      question: string;
      /**
       * The right answer, which the best snapshot gave.
       */
      answer: string;
      /**
       * The answer given at the change.
       * Null: the learner does not say.
       */
      given: string | null;
    }[];
    /**
     * What the stream brought while the evidence gathered.
     * Null: the stream was not watched.
     */
    stream: {
      /**
       * The window holds the examples after this step.
       * Unit: steps.
       */
      from_step: number;
      /**
       * The last step of the window.
       * Unit: steps.
       */
      to_step: number;
      /**
       * When it began.
       * Unit: s since 1970.
       * Null: the time is not known.
       */
      from_time: number | null;
      /**
       * When it ended.
       * Unit: s since 1970.
       * Null: the time is not known.
       */
      to_time: number | null;
      /**
       * Examples predicted, each before it was learned.
       * Unit: examples.
       */
      examples: number;
      /**
       * Their mean log loss.
       * Unit: nats.
       * Null: the window has no examples.
       */
      log_loss: number | null;
      /**
       * Mean log loss over as many doublings before the window.
       * Unit: nats.
       * Null: nothing was learned before the window.
       */
      log_loss_before: number | null;
      /**
       * Inputs, losses, gradients and weights that were not finite.
       * Unit: examples.
       */
      non_finite: number;
      /**
       * Records that could not be decoded.
       * Unit: records.
       */
      rejected: number;
      /**
       * Jumps of the offset over records that are gone.
       * Unit: gaps.
       */
      gaps: number;
      /**
       * Records that were delivered again and left out.
       * Unit: records.
       */
      duplicates: number;
      /**
       * Attempts that began in the window.
       * Unit: attempts.
       */
      restarts: number;
      /**
       * Time spent in waits for data of five seconds or more.
       * Unit: s.
       */
      silent_seconds: number;
    } | null;
  }[];
}

/**
 * The event `change`.
 */
export interface Change {
  /**
   * Name of the task.
   */
  task: string;
  /**
   * Name of its tier.
   */
  tier: string;
  /**
   * The verdict before.
   */
  from: "dormant" | "learning" | "stalled" | "regressing" | "mastered";
  /**
   * The verdict after.
   */
  to: "dormant" | "learning" | "stalled" | "regressing" | "mastered";
  /**
   * Step of the score at which the verdict changed.
   * Unit: steps.
   */
  step: number;
  /**
   * Examples of the task itself up to that step.
   * Unit: examples.
   */
  own_step: number;
  /**
   * Time of that score.
   * Unit: s since 1970.
   * Null: the time is not known.
   */
  time: number | null;
  /**
   * That score.
   * Unit: share.
   */
  score: number;
}

/**
 * An annotation, as POST /api/v1/annotations answers it.
 */
export interface Annotation {
  /**
   * Number of the annotation within the run, from 1.
   */
  id: number;
  /**
   * Examples learned when it was declared.
   * Unit: steps.
   */
  step: number;
  /**
   * When it was declared.
   * Unit: s since 1970.
   * Null: the time is not known.
   */
  time: number | null;
  /**
   * What happened, in the words of whoever declared it.
   */
  text: string;
  /**
   * Whether the detectors start over at the first score above `step`.
   */
  rearm: boolean;
  /**
   * Whether a person or program noted it, or the demo injected it.
   */
  kind: "note" | "fault";
}
