-- The whole task engine: what a task needs to go on, history in pages, campaigns, roadmaps, covers, metrics.
-- Portable between MySQL 8.4 and MariaDB 11.

ALTER TABLE tasks
  ADD COLUMN round           INT NOT NULL DEFAULT 0,
  ADD COLUMN campaign_row    INT,
  ADD COLUMN results_version BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN deleted_at      DATETIME(3);

-- Held summaries by phase. From now on the list of phase results that the last event in full carried.
UPDATE tasks SET phase_results = NULL;

-- The events of a task without what the task's row holds: sixteen versions to a row, by version. One row for most tasks.
CREATE TABLE task_history (
  task_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  page    INT NOT NULL,
  entries JSON NOT NULL,
  PRIMARY KEY (task_id, page)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

INSERT INTO task_history (task_id, page, entries)
SELECT task_id, (version - 1) DIV 16, JSON_OBJECTAGG(version, JSON_MERGE_PATCH('{}', JSON_MERGE_PATCH(
         JSON_REMOVE(state, '$.task_id', '$.user_id', '$.type', '$.input_params', '$.result'),
         JSON_OBJECT('event_type', event_type))))
FROM task_state_snapshots
GROUP BY task_id, (version - 1) DIV 16;

DROP TABLE task_progress_logs;
DROP TABLE task_state_snapshots;

-- One row for each version, as before.
CREATE VIEW task_state_snapshots AS
SELECT h.task_id, e.version, e.event_type, e.status, e.phase, e.progress,
       JSON_EXTRACT(h.entries, CONCAT('$."', e.version, '"')) AS state,
       TIMESTAMPADD(MICROSECOND, e.time_ms * 1000, TIMESTAMP '1970-01-01 00:00:00.000') AS created_at
FROM task_history h
JOIN JSON_TABLE(h.entries, '$.*' COLUMNS (
  version    BIGINT      PATH '$.version',
  event_type VARCHAR(64) PATH '$.event_type',
  status     VARCHAR(20) PATH '$.status',
  phase      VARCHAR(64) PATH '$.phase',
  progress   INT         PATH '$.progress',
  time_ms    BIGINT      PATH '$.time')) AS e;

CREATE VIEW task_progress_logs AS
SELECT h.task_id, e.version, e.phase, e.progress, e.message,
       TIMESTAMPADD(MICROSECOND, e.time_ms * 1000, TIMESTAMP '1970-01-01 00:00:00.000') AS created_at
FROM task_history h
JOIN JSON_TABLE(h.entries, '$.*' COLUMNS (
  version  BIGINT       PATH '$.version',
  phase    VARCHAR(64)  PATH '$.phase',
  progress INT          PATH '$.progress',
  message  VARCHAR(2000) PATH '$.message',
  time_ms  BIGINT       PATH '$.time')) AS e;

-- What a person reads first: each event as a line with a level.
CREATE VIEW task_logs AS
SELECT h.task_id, e.version,
       CASE WHEN e.event_type = 'io.millrace.task.failed' OR e.error_code IS NOT NULL THEN 'error'
            WHEN e.event_type IN ('io.millrace.task.partially_failed', 'io.millrace.task.cancelled') THEN 'warn'
            ELSE 'info' END AS level,
       e.event_type, e.phase, e.message, e.attempt, e.error_code, e.error_message,
       TIMESTAMPADD(MICROSECOND, e.time_ms * 1000, TIMESTAMP '1970-01-01 00:00:00.000') AS created_at
FROM task_history h
JOIN JSON_TABLE(h.entries, '$.*' COLUMNS (
  version       BIGINT        PATH '$.version',
  event_type    VARCHAR(64)   PATH '$.event_type',
  phase         VARCHAR(64)   PATH '$.phase',
  message       VARCHAR(2000) PATH '$.message',
  attempt       INT           PATH '$.attempt',
  error_code    VARCHAR(50)   PATH '$.error.code',
  error_message VARCHAR(1000) PATH '$.error.message',
  time_ms       BIGINT        PATH '$.time')) AS e;

-- The borders of phases that a task has crossed. The tenth from the end and those after it are its checkpoints.
CREATE VIEW task_borders AS
SELECT h.task_id, e.version, e.attempt, e.completed_phase AS phase, e.round, e.progress, e.compute_ms, e.duration_ms,
       TIMESTAMPADD(MICROSECOND, e.time_ms * 1000, TIMESTAMP '1970-01-01 00:00:00.000') AS created_at
FROM task_history h
JOIN JSON_TABLE(h.entries, '$.*' COLUMNS (
  version         BIGINT      PATH '$.version',
  completed_phase VARCHAR(64) PATH '$.completed_phase',
  attempt         INT         PATH '$.attempt',
  round           INT         PATH '$.round',
  progress        INT         PATH '$.progress',
  compute_ms      BIGINT      PATH '$.compute_ms',
  duration_ms     BIGINT      PATH '$.duration_ms',
  time_ms         BIGINT      PATH '$.time')) AS e
WHERE e.completed_phase IS NOT NULL;

CREATE VIEW task_checkpoints AS
SELECT b.task_id, b.version, b.attempt, b.phase, b.round, b.progress, b.compute_ms, b.duration_ms, b.created_at
FROM task_borders b
WHERE (SELECT COUNT(*) FROM task_borders later WHERE later.task_id = b.task_id AND later.version > b.version) < 10;

CREATE TABLE campaigns (
  id              VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  user_id         VARCHAR(128) NOT NULL,
  name            VARCHAR(200),
  type            VARCHAR(50) NOT NULL,
  total           INT NOT NULL,
  completed       INT NOT NULL DEFAULT 0,
  partial_failure INT NOT NULL DEFAULT 0,
  failed          INT NOT NULL DEFAULT 0,
  cancelled       INT NOT NULL DEFAULT 0,
  status          VARCHAR(20) NOT NULL,
  created_at      DATETIME(3) NOT NULL,
  completed_at    DATETIME(3),
  compute_ms      BIGINT NOT NULL DEFAULT 0,
  updated_at      DATETIME(3) NOT NULL,
  version         BIGINT NOT NULL,
  KEY campaigns_by_user (user_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- One row for each task of type roadmap, with its id.
CREATE TABLE roadmaps (
  id         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  user_id    VARCHAR(128) NOT NULL,
  title      VARCHAR(200),
  status     VARCHAR(20) NOT NULL,
  content    JSON,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  version    BIGINT NOT NULL,
  KEY roadmaps_by_user (user_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The cover of a roadmap as its newest task of type cover_image has it. position: task and version, so that the newest task wins.
CREATE TABLE cover_images (
  roadmap_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  user_id    VARCHAR(128) NOT NULL,
  task_id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  status     VARCHAR(20) NOT NULL DEFAULT 'none',
  url        VARCHAR(500),
  error      VARCHAR(1000),
  attempt    INT NOT NULL DEFAULT 0,
  updated_at DATETIME(3) NOT NULL,
  position   VARCHAR(90) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  KEY cover_images_by_user (user_id, roadmap_id),
  KEY cover_images_by_status (status, updated_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- One row for each minute of event time and type of task, from tasks.metrics.v1. A late event corrects its minute.
CREATE TABLE task_metrics_minute (
  id              VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  minute_at       DATETIME(3) NOT NULL,
  type            VARCHAR(50) NOT NULL,
  submitted       INT NOT NULL,
  started         INT NOT NULL,
  completed       INT NOT NULL,
  partial_failure INT NOT NULL,
  failed          INT NOT NULL,
  cancelled       INT NOT NULL,
  recovered       INT NOT NULL,
  queue_p50_ms    BIGINT,
  queue_p90_ms    BIGINT,
  queue_p99_ms    BIGINT,
  run_p50_ms      BIGINT,
  run_p90_ms      BIGINT,
  run_p99_ms      BIGINT,
  failures        JSON NOT NULL,
  inference_ms    JSON NOT NULL,
  events          BIGINT NOT NULL,
  KEY task_metrics_by_minute (minute_at, type)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
