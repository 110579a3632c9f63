-- Room for secrets that are sealed.
ALTER TABLE webhooks
  MODIFY COLUMN secret          VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  MODIFY COLUMN previous_secret VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin;
