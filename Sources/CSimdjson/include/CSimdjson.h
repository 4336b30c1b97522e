#pragma once
#include <stdbool.h>
#include <stddef.h>

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

#ifdef __cplusplus
}
#endif
