-- By phase: how many of its runs came in a call of how many, as {PHASE: {SIZE: RUNS}}.
ALTER TABLE task_metrics_minute
  ADD COLUMN batches JSON;
