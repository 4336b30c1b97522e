#include "CSQLite.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct decoy_database {
  sqlite3 *file;
  sqlite3_stmt *names;
  sqlite3_stmt *rows;
  // Text of rows that did not fit the reader's buffer.
  uint8_t *text;
  size_t count, given, capacity;
  int has_header, is_done, is_out_of_memory;
};

decoy_database *decoy_database_open(const char *path, char *problem) {
  decoy_database *database = calloc(1, sizeof *database);
  if (!database) {
    snprintf(problem, 256, "no memory");
    return NULL;
  }
  int status = sqlite3_open_v2(path, &database->file, SQLITE_OPEN_READONLY, NULL);
  if (status == SQLITE_OK) {
    // The file is foreign: its schema may call nothing.
    sqlite3_db_config(database->file, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    sqlite3_db_config(database->file, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_busy_timeout(database->file, 2000);
    status = sqlite3_prepare_v2(database->file,
                                "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
                                "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
                                -1, &database->names, NULL);
  }
  if (status == SQLITE_OK) return database;
  snprintf(problem, 256, "%s",
           database->file ? sqlite3_errmsg(database->file) : sqlite3_errstr(status));
  decoy_database_close(database);
  return NULL;
}

void decoy_database_close(decoy_database *database) {
  if (!database) return;
  sqlite3_finalize(database->names);
  sqlite3_finalize(database->rows);
  sqlite3_close(database->file);
  free(database->text);
  free(database);
}

const char *decoy_database_table(decoy_database *database, int number) {
  sqlite3_reset(database->names);
  for (int row = 0; sqlite3_step(database->names) == SQLITE_ROW; row++) {
    if (row == number) return (const char *)sqlite3_column_text(database->names, 0);
  }
  return NULL;
}

int decoy_database_select(decoy_database *database, const char *table) {
  sqlite3_finalize(database->rows);
  database->rows = NULL;
  database->count = database->given = 0;
  database->has_header = database->is_done = database->is_out_of_memory = 0;
  char *query = sqlite3_mprintf("SELECT * FROM \"%w\"", table);
  if (!query) return 1;
  int status = sqlite3_prepare_v2(database->file, query, -1, &database->rows, NULL);
  sqlite3_free(query);
  return status != SQLITE_OK;
}

const char *decoy_database_problem(decoy_database *database) {
  if (database->is_out_of_memory) return "no memory";
  return sqlite3_errmsg(database->file);
}

static void put(decoy_database *database, const void *bytes, size_t count) {
  if (database->count + count > database->capacity) {
    size_t capacity = (database->count + count) * 2;
    uint8_t *text = realloc(database->text, capacity);
    if (!text) {
      database->is_out_of_memory = 1;
      return;
    }
    database->text = text;
    database->capacity = capacity;
  }
  memcpy(database->text + database->count, bytes, count);
  database->count += count;
}

static void put_quoted(decoy_database *database, const char *bytes, size_t count) {
  put(database, "\"", 1);
  size_t start = 0;
  for (size_t place = 0; place < count; place++) {
    if (bytes[place] != '"') continue;
    put(database, bytes + start, place - start + 1);
    start = place;
  }
  put(database, bytes + start, count - start);
  put(database, "\"", 1);
}

static void put_blob(decoy_database *database, const uint8_t *bytes, size_t count) {
  static const char digits[] = "0123456789abcdef";
  put(database, "\"", 1);
  for (size_t place = 0; place < count; place++) {
    char pair[2] = {digits[bytes[place] >> 4], digits[bytes[place] & 15]};
    put(database, pair, 2);
  }
  put(database, "\"", 1);
}

static void put_cell(decoy_database *database, int column) {
  char number[40];
  switch (sqlite3_column_type(database->rows, column)) {
    case SQLITE_INTEGER:
      snprintf(number, sizeof number, "%lld", sqlite3_column_int64(database->rows, column));
      put(database, number, strlen(number));
      break;
    case SQLITE_FLOAT: {
      double value = sqlite3_column_double(database->rows, column);
      // The shortest text of the same value; a whole number stays a float.
      for (int digits = 15; digits <= 17; digits++) {
        snprintf(number, sizeof number, "%.*g", digits, value);
        if (strtod(number, NULL) == value) break;
      }
      put(database, number, strlen(number));
      if (isfinite(value) && !strpbrk(number, ".e")) put(database, ".0", 2);
      break;
    }
    case SQLITE_TEXT: {
      const char *text = (const char *)sqlite3_column_text(database->rows, column);
      put_quoted(database, text ? text : "", (size_t)sqlite3_column_bytes(database->rows, column));
      break;
    }
    case SQLITE_BLOB: {
      const uint8_t *bytes = sqlite3_column_blob(database->rows, column);
      put_blob(database, bytes, (size_t)sqlite3_column_bytes(database->rows, column));
      break;
    }
    default: break;  // null
  }
}

static void put_header(decoy_database *database, int columns) {
  for (int column = 0; column < columns; column++) {
    if (column > 0) put(database, ",", 1);
    const char *name = sqlite3_column_name(database->rows, column);
    put_quoted(database, name ? name : "", name ? strlen(name) : 0);
  }
  put(database, "\n", 1);
  database->has_header = 1;
}

// Adds rows until there are some bytes; -1 when the file cannot be read.
static int refill(decoy_database *database) {
  database->count = database->given = 0;
  int columns = sqlite3_column_count(database->rows);
  if (!database->has_header) put_header(database, columns);
  while (database->count < (1 << 16)) {
    int status = sqlite3_step(database->rows);
    if (status == SQLITE_DONE) {
      database->is_done = 1;
      break;
    }
    if (status != SQLITE_ROW) return -1;
    for (int column = 0; column < columns; column++) {
      if (column > 0) put(database, ",", 1);
      put_cell(database, column);
    }
    put(database, "\n", 1);
  }
  return database->is_out_of_memory ? -1 : 0;
}

ptrdiff_t decoy_database_read(decoy_database *database, uint8_t *out, size_t capacity) {
  if (!database->rows) return 0;
  if (database->given == database->count) {
    if (database->is_done) return 0;
    if (refill(database) != 0) return -1;
  }
  size_t count = database->count - database->given;
  if (count > capacity) count = capacity;
  memcpy(out, database->text + database->given, count);
  database->given += count;
  return (ptrdiff_t)count;
}

int decoy_database_make(const char *path, const char *statements) {
  sqlite3 *file = NULL;
  int status = sqlite3_open(path, &file);
  if (status == SQLITE_OK) status = sqlite3_exec(file, statements, NULL, NULL, NULL);
  sqlite3_close(file);
  return status != SQLITE_OK;
}
