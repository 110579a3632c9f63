-- Portable between MySQL 8.4 and MariaDB 11.
-- A cover belongs to who asked for it: that of another user for the same roadmap is another row.

ALTER TABLE cover_images
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (roadmap_id, user_id);
