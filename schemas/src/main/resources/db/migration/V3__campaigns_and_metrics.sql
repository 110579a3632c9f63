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

-- The places of a page, from 1. The views below do without JSON_TABLE: MariaDB lets nobody but root make a view of it.
CREATE TABLE history_places (place INT NOT NULL PRIMARY KEY) ENGINE = InnoDB;
INSERT INTO history_places VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15), (16);

CREATE VIEW task_entries AS
SELECT h.task_id, h.page * 16 + p.place AS version,
       JSON_EXTRACT(h.entries, CONCAT('$."', h.page * 16 + p.place, '"')) AS entry
FROM task_history h JOIN history_places p
WHERE JSON_EXTRACT(h.entries, CONCAT('$."', h.page * 16 + p.place, '"')) IS NOT NULL;

-- One row for each version, as before.
CREATE VIEW task_state_snapshots AS
SELECT e.task_id, e.version,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.event_type')) AS event_type,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.status')) AS status,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.phase')) AS phase,
       CAST(JSON_EXTRACT(e.entry, '$.progress') AS SIGNED) AS progress,
       e.entry AS state,
       TIMESTAMPADD(MICROSECOND, CAST(JSON_EXTRACT(e.entry, '$.time') AS SIGNED) * 1000, TIMESTAMP '1970-01-01 00:00:00.000') AS created_at
FROM task_entries e;

CREATE VIEW task_progress_logs AS
SELECT e.task_id, e.version,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.phase')) AS phase,
       CAST(JSON_EXTRACT(e.entry, '$.progress') AS SIGNED) AS progress,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.message')) AS message,
       TIMESTAMPADD(MICROSECOND, CAST(JSON_EXTRACT(e.entry, '$.time') AS SIGNED) * 1000, TIMESTAMP '1970-01-01 00:00:00.000') AS created_at
FROM task_entries e;

-- What a person reads first: each event as a line with a level.
CREATE VIEW task_logs AS
SELECT e.task_id, e.version,
       CASE WHEN JSON_EXTRACT(e.entry, '$.error') IS NOT NULL THEN 'error'
            WHEN JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.status')) = 'cancelled' THEN 'warn'
            ELSE 'info' END AS level,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.event_type')) AS event_type,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.phase')) AS phase,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.message')) AS message,
       CAST(JSON_EXTRACT(e.entry, '$.attempt') AS SIGNED) AS attempt,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.error.code')) AS error_code,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.error.message')) AS error_message,
       TIMESTAMPADD(MICROSECOND, CAST(JSON_EXTRACT(e.entry, '$.time') AS SIGNED) * 1000, TIMESTAMP '1970-01-01 00:00:00.000') AS created_at
FROM task_entries e;

-- The borders of phases that a task has crossed. The last ten are its checkpoints.
CREATE VIEW task_borders AS
SELECT e.task_id, e.version,
       CAST(JSON_EXTRACT(e.entry, '$.attempt') AS SIGNED) AS attempt,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.completed_phase')) AS phase,
       CAST(JSON_EXTRACT(e.entry, '$.round') AS SIGNED) AS round,
       CAST(JSON_EXTRACT(e.entry, '$.progress') AS SIGNED) AS progress,
       CAST(JSON_EXTRACT(e.entry, '$.compute_ms') AS SIGNED) AS compute_ms,
       CAST(JSON_EXTRACT(e.entry, '$.duration_ms') AS SIGNED) AS duration_ms,
       TIMESTAMPADD(MICROSECOND, CAST(JSON_EXTRACT(e.entry, '$.time') AS SIGNED) * 1000, TIMESTAMP '1970-01-01 00:00:00.000') AS created_at
FROM task_entries e
WHERE JSON_EXTRACT(e.entry, '$.completed_phase') IS NOT NULL;

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
