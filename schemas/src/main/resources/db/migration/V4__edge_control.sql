-- Edge tables for control, presets, keys, workers and covers: system of record, written by the edge.
-- Portable between MySQL 8.4 and MariaDB 11.

-- Parameters of a tenant under a name, to be filled into submits.
CREATE TABLE presets (
  user_id      VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  id           VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version      BIGINT NOT NULL,
  type         VARCHAR(50) NOT NULL,
  priority     INT,
  name         VARCHAR(200),
  input_params JSON NOT NULL,
  created_at   DATETIME(3) NOT NULL,
  updated_at   DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Keys that stand in for tokens. Only the SHA-256 of a key is kept.
CREATE TABLE api_keys (
  id         VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  key_hash   CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id    VARCHAR(128) NOT NULL,
  role       VARCHAR(16) NOT NULL,
  scopes     VARCHAR(200) NOT NULL,
  name       VARCHAR(200),
  created_by VARCHAR(140) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  revoked_at DATETIME(3),
  UNIQUE KEY api_keys_by_hash (key_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Who brought which blob: gives the right to read it.
CREATE TABLE uploads (
  user_id    VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  artifact   CHAR(71) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_name  VARCHAR(255),
  media_type VARCHAR(100) NOT NULL,
  size       BIGINT NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, artifact),
  KEY uploads_by_artifact (artifact)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- A cover that its owner uploaded: stands before the one that was generated.
CREATE TABLE cover_uploads (
  roadmap_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  user_id    VARCHAR(128) NOT NULL,
  artifact   CHAR(71) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Work that only one edge shall do at a time: it holds the row until the time has passed.
CREATE TABLE edge_leases (
  name       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  holder     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  until_at   DATETIME(3) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
