#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What was found in one line that should be a JSON object with a text field.
typedef struct {
  /// The text of the field, UTF-8, not ended by a zero; freed by `decoy_json_free`. NULL on error.
  char *text;
  size_t text_length;
  /// Why there is no text; a constant string, or NULL.
  const char *error;
} decoy_json_text;

/// Reads the text field `name` of the JSON object in `line`, which need not be padded.
decoy_json_text decoy_json_field(const char *line, size_t length, const char *name);

/// Frees what `decoy_json_field` gave.
void decoy_json_free(decoy_json_text text);

/// Why a record is no JSON object that can be read.
typedef enum {
  DECOY_JSON_NOT_AN_OBJECT = 1,
  DECOY_JSON_NO_KEY,
  DECOY_JSON_NO_COLON,
  DECOY_JSON_NO_VALUE,
  DECOY_JSON_NO_COMMA,
  DECOY_JSON_BAD_NUMBER,
  DECOY_JSON_BAD_WORD,
  DECOY_JSON_BAD_ESCAPE,
  DECOY_JSON_OPEN_STRING,
  DECOY_JSON_CONTROL,
  DECOY_JSON_TOO_DEEP,
  DECOY_JSON_ENDS_EARLY,
  DECOY_JSON_MORE_THAN_ONE,
} decoy_json_reason;

/// A record that is left out: bytes [start, end) of the block, and where it goes wrong.
typedef struct {
  size_t start, end, place;
  decoy_json_reason reason;
} decoy_json_fault;

/// Where the values of one column are, for each row of a run: bytes [starts[i], ends[i]) behind the
/// base. A text has a quote right before it, and escapes are resolved; null and a missing key have
/// start and end 0.
typedef struct {
  const uint32_t *starts, *ends;
  bool has_empty;
} decoy_json_cells;

/// A column's number and its name, UTF-8 as in the file: keys joined by points.
typedef struct {
  size_t column;
  const char *name;
  size_t length;
} decoy_json_name;

/// Reads blocks of JSON objects that a byte ends (a line feed, or U+001E where newlines stand inside
/// objects); one for each thread. Nested objects give columns of dotted names, arrays are kept as
/// JSON text without spaces.
typedef struct decoy_json_reader decoy_json_reader;

/// Makes a reader. An array of one object under the key `flattened` is read as that object.
/// NULL when memory is short.
decoy_json_reader *decoy_json_new(uint8_t separator, size_t max_depth, const char *flattened);
void decoy_json_delete(decoy_json_reader *reader);

/// Begins a chunk: no column has been seen in it.
void decoy_json_begin(decoy_json_reader *reader);

/// Takes the next block, whole records of `n` bytes below 4 GiB; 64 bytes before and behind are
/// readable. The text must stay until the next block.
void decoy_json_scan(decoy_json_reader *reader, const uint8_t *text, size_t n);

/// Reads up to `limit` records; gives the rows read, 0 at the end of the block, and SIZE_MAX when
/// memory is short. Records with faults give no row.
size_t decoy_json_next(decoy_json_reader *reader, size_t limit);

/// What the places of the run's cells count from.
const uint8_t *decoy_json_base(const decoy_json_reader *reader);
/// Whether all bytes of the block so far are well-formed UTF-8.
bool decoy_json_is_valid_text(const decoy_json_reader *reader);

/// The number of columns that the reader knows.
size_t decoy_json_columns(const decoy_json_reader *reader);
/// The cells of a column in the last run of `count` rows.
decoy_json_cells decoy_json_column(decoy_json_reader *reader, size_t column, size_t count);

/// The columns seen since `decoy_json_begin`, in the order in which their keys stand first.
size_t decoy_json_seen(const decoy_json_reader *reader);
decoy_json_name decoy_json_seen_at(const decoy_json_reader *reader, size_t place);

/// The faults of the block so far.
size_t decoy_json_faults(const decoy_json_reader *reader);
decoy_json_fault decoy_json_fault_at(const decoy_json_reader *reader, size_t place);

/// Keys that stood twice in an object of the block so far: the last value counts.
size_t decoy_json_repeated_keys(const decoy_json_reader *reader);
/// Halves of surrogate pairs in the block so far, which became U+FFFD.
size_t decoy_json_lone_surrogates(const decoy_json_reader *reader);

#ifdef __cplusplus
}
#endif
