#pragma once

#include <stddef.h>
#include <stdint.h>

// Reads a table of an SQLite file, as CSV text.
typedef struct decoy_database decoy_database;

// Opens a file for reading only; NULL with a message in `problem` (of 256 bytes).
decoy_database *decoy_database_open(const char *path, char *problem);
void decoy_database_close(decoy_database *database);

// The name of the table or view of a number, in order of name; NULL behind the last. SQLite's own
// tables are left out. Valid until the next call.
const char *decoy_database_table(decoy_database *database, int number);

// Begins with the first row of a table; 0 when it is there. Again: from the first row.
int decoy_database_select(decoy_database *database, const char *table);

// Writes a line of names, then lines of rows, as RFC 4180: null is nothing, text and blobs (in
// hexadecimal) stand in quotes. Gives the bytes written, at most `capacity`; 0 at the end, -1 when the
// file cannot be read further.
ptrdiff_t decoy_database_read(decoy_database *database, uint8_t *out, size_t capacity);

// What went wrong last.
const char *decoy_database_problem(decoy_database *database);

// Runs statements on a file that is made where there is none, for tests; 0 when all ran.
int decoy_database_make(const char *path, const char *statements);
