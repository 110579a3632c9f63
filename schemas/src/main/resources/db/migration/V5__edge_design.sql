-- Posters, layers and elements that people edit. Portable between MySQL 8.4 and MariaDB 11.
-- version counts the edits: it is the ETag. A row that was deleted stays, marked, so that a replay of the events does not bring it back.

ALTER TABLE posters
  MODIFY COLUMN task_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  -- The newest task that draws the poster anew; its picture is the poster's once it has completed.
  ADD COLUMN render_task_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN version    BIGINT NOT NULL DEFAULT 1,
  ADD COLUMN deleted_at DATETIME(3),
  ADD KEY posters_by_time (user_id, created_at, id);

ALTER TABLE layers
  ADD COLUMN version    BIGINT NOT NULL DEFAULT 1,
  ADD COLUMN deleted_at DATETIME(3),
  ADD KEY layers_by_time (user_id, created_at, id),
  ADD KEY layers_by_id (id);

ALTER TABLE poster_layers
  ADD KEY poster_layers_by_layer (layer_id);

ALTER TABLE elements
  ADD COLUMN version    BIGINT NOT NULL DEFAULT 1,
  ADD COLUMN deleted_at DATETIME(3),
  ADD KEY elements_by_time (user_id, created_at, id);

-- Lists: newest first, and the derivatives of a task.
ALTER TABLE uploads ADD KEY uploads_by_time (user_id, created_at, artifact);
ALTER TABLE tasks ADD KEY tasks_by_parent (parent_task_id, id);
