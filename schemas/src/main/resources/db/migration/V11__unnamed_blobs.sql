-- Since when the edge's sweep has found a blob without a name, round after round.
CREATE TABLE unnamed_blobs (
  artifact CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  since    DATETIME(3) NOT NULL
);
