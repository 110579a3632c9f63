-- Task tables: written by the read model from tasks.events.v1 and rebuildable from it.
-- Portable between MySQL 8.4 and MariaDB 11.

CREATE TABLE tasks (
  id               VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  user_id          VARCHAR(128) NOT NULL,
  project_id       VARCHAR(128),
  type             VARCHAR(50) NOT NULL,
  workflow_version INT NOT NULL DEFAULT 1,
  priority         INT NOT NULL DEFAULT 0,
  status           VARCHAR(20) NOT NULL,
  phase            VARCHAR(64) NOT NULL,
  progress         INT NOT NULL DEFAULT 0,
  message          VARCHAR(500),
  details          JSON,
  input_params     JSON,
  phase_results    JSON,
  result           LONGTEXT,
  error            JSON,
  timings          JSON,
  cancel_reason    VARCHAR(500),
  parent_task_id   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  campaign_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  custom_id        VARCHAR(128),
  attempt          INT NOT NULL DEFAULT 1,
  step             INT NOT NULL DEFAULT 0,
  version          BIGINT NOT NULL,
  compute_ms       BIGINT NOT NULL DEFAULT 0,
  created_at       DATETIME(3) NOT NULL,
  started_at       DATETIME(3),
  completed_at     DATETIME(3),
  updated_at       DATETIME(3) NOT NULL,
  KEY tasks_by_user (user_id, id),
  KEY tasks_by_user_status (user_id, status, id),
  KEY tasks_by_campaign (campaign_id, id),
  KEY tasks_by_updated (updated_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE task_state_snapshots (
  task_id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version    BIGINT NOT NULL,
  event_type VARCHAR(64) NOT NULL,
  status     VARCHAR(20) NOT NULL,
  phase      VARCHAR(64) NOT NULL,
  progress   INT NOT NULL,
  state      JSON NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (task_id, version)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE task_progress_logs (
  task_id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version    BIGINT NOT NULL,
  phase      VARCHAR(64) NOT NULL,
  progress   INT NOT NULL,
  message    VARCHAR(500),
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (task_id, version)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Design documents: inserted once from the result of a task, owned by the edge afterwards.

CREATE TABLE designs (
  id         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  task_id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id    VARCHAR(128) NOT NULL,
  title      VARCHAR(200),
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  KEY designs_by_task (task_id),
  KEY designs_by_user (user_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE posters (
  id          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  design_id   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  task_id     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id     VARCHAR(128) NOT NULL,
  title       VARCHAR(200),
  description TEXT,
  width       INT NOT NULL,
  height      INT NOT NULL,
  background  VARCHAR(500),
  preview_url VARCHAR(500),
  source_url  VARCHAR(500),
  metadata    JSON,
  created_at  DATETIME(3) NOT NULL,
  updated_at  DATETIME(3) NOT NULL,
  KEY posters_by_task (task_id),
  KEY posters_by_user (user_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE layers (
  id         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id    VARCHAR(128) NOT NULL,
  name       VARCHAR(100),
  type       VARCHAR(50),
  `order`    INT NOT NULL DEFAULT 0,
  opacity    DOUBLE NOT NULL DEFAULT 1,
  blend_mode VARCHAR(50) NOT NULL DEFAULT 'normal',
  locked     BOOLEAN NOT NULL DEFAULT FALSE,
  visible    BOOLEAN NOT NULL DEFAULT TRUE,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  -- A layer id that another tenant uses is another layer.
  PRIMARY KEY (user_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE poster_layers (
  id         VARCHAR(130) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  poster_id  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  layer_id   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `order`    INT NOT NULL DEFAULT 0,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY poster_layers_once (poster_id, layer_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE elements (
  id         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  user_id    VARCHAR(128) NOT NULL,
  layer_id   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type       VARCHAR(50) NOT NULL,
  `order`    INT NOT NULL DEFAULT 0,
  transform  JSON NOT NULL,
  style      JSON NOT NULL,
  content    JSON NOT NULL,
  locked     BOOLEAN NOT NULL DEFAULT FALSE,
  visible    BOOLEAN NOT NULL DEFAULT TRUE,
  selectable BOOLEAN NOT NULL DEFAULT TRUE,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  KEY elements_by_layer (user_id, layer_id, `order`)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
