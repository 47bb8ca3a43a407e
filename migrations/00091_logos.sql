-- +goose Up
CREATE TABLE logos (
  tenant_id BIGINT NOT NULL PRIMARY KEY,
  image MEDIUMBLOB NOT NULL COMMENT 'PNG, drawn anew by the program',
  hash CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the image, hex: part of its address',
  width INT NOT NULL COMMENT 'in pixels, twice what is shown',
  height INT NOT NULL COMMENT 'in pixels, twice what is shown',
  plate VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what was put behind a see-through image: light, dark, or none',
  removed_at DATETIME(6) NULL COMMENT 'UTC; NULL: it is shown. A removed one can be brought back until another is put in its place',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  CONSTRAINT logos_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE logos;
