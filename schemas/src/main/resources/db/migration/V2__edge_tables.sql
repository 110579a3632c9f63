-- Edge tables: system of record, written by the edge, not rebuildable from the topics.

-- One row for each Idempotency-Key of a tenant: which task it made, and from which body.
CREATE TABLE idempotency (
  user_id    VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  client_key VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body_hash  CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  task_id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, client_key),
  KEY idempotency_by_age (created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
