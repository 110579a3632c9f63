-- Portable between MySQL 8.4 and MariaDB 11.
-- Users whose names differ only in case or accent are two, in all tables and not only in some.
-- outcome_version: the version of the event that said last how the task ended, or that it goes on. A snapshot of what is left of an ended
-- task says neither.

ALTER TABLE tasks
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ADD COLUMN outcome_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tasks_archive
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ADD COLUMN outcome_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE roadmaps
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ADD COLUMN outcome_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE designs
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
ALTER TABLE posters
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
ALTER TABLE layers
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
ALTER TABLE elements
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
ALTER TABLE campaigns
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
ALTER TABLE cover_images
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
ALTER TABLE cover_uploads
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
ALTER TABLE api_keys
  MODIFY COLUMN user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;

UPDATE tasks SET outcome_version = version;
UPDATE tasks_archive SET outcome_version = version;
UPDATE roadmaps SET outcome_version = version;
