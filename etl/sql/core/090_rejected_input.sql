-- One row per cell, row or file that was submitted and not loaded.
CREATE TABLE core.rejected_input (
    file TEXT NOT NULL, "row" INTEGER, "column" TEXT NOT NULL, value TEXT NOT NULL, expected TEXT NOT NULL, reason TEXT NOT NULL
);
COMMENT ON TABLE core.rejected_input IS 'One row per cell, row or file that was submitted and not loaded.';
