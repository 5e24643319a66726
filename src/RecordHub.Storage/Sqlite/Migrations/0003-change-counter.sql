-- The number of the last change to a resource. Taking the next keeps others from taking theirs until the commit.
CREATE TABLE change_counter (last INTEGER NOT NULL);
INSERT INTO change_counter (last) SELECT COALESCE(MAX(seq), 0) FROM resource;
