-- Edge tables: system of record, written by the edge. Portable between MySQL 8.4 and MariaDB 11.

-- Who changed what, when, and what came of it.
CREATE TABLE audit_log (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at         DATETIME(3) NOT NULL,
  actor      VARCHAR(140) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  credential VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  action     VARCHAR(160) NOT NULL,
  target     VARCHAR(300) NOT NULL,
  outcome    INT NOT NULL,
  detail     VARCHAR(300) NOT NULL,
  KEY audit_log_by_actor (actor, id),
  KEY audit_log_by_time (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Where a tenant wants to be told of what is committed.
CREATE TABLE webhooks (
  id                    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  user_id               VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  url                   VARCHAR(2000) NOT NULL,
  event_types           VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  description           VARCHAR(200) NOT NULL,
  state                 VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state_reason          VARCHAR(300) NOT NULL,
  secret                VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  previous_secret       VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin,
  previous_secret_until DATETIME(3),
  failing_since         DATETIME(3),
  created_at            DATETIME(3) NOT NULL,
  updated_at            DATETIME(3) NOT NULL,
  KEY webhooks_by_user (user_id, id),
  KEY webhooks_by_state (state)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- One message to one endpoint: pending until it was taken or given up. A message is queued once however often its event is read.
CREATE TABLE webhook_deliveries (
  id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  webhook_id    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message_id    VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_type    VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body          MEDIUMTEXT NOT NULL,
  state         VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts      INT NOT NULL DEFAULT 0,
  history       TEXT NOT NULL,
  last_status   INT,
  last_error    VARCHAR(300),
  first_at      DATETIME(3) NOT NULL,
  next_at       DATETIME(3) NOT NULL,
  claimed_by    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  claimed_until DATETIME(3),
  created_at    DATETIME(3) NOT NULL,
  done_at       DATETIME(3),
  UNIQUE KEY webhook_deliveries_once (webhook_id, message_id),
  KEY webhook_deliveries_due (state, next_at),
  KEY webhook_deliveries_by_age (created_at),
  CONSTRAINT webhook_deliveries_of FOREIGN KEY (webhook_id) REFERENCES webhooks (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
