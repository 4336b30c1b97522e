#pragma once
#include <stddef.h>
#include <stdint.h>

// Reading values out of JSON texts (RFC 8259) in one pass, without allocation. The whole text is
// checked whatever is wanted of it; more than CK_JSON_DEPTH open brackets, half of a surrogate pair
// and anything behind the value make it no JSON. Numbers are never converted: all digits stay.

#define CK_JSON_DEPTH 1024

// What a value is. Spans of strings are without the quotes; of anything else, all as written.
enum {
  CK_JSON_NONE = 0,     // not there, or the text is no JSON
  CK_JSON_TEXT = 1,     // a number, true, false, an object or an array
  CK_JSON_STRING = 2,   // a string without escapes
  CK_JSON_ESCAPED = 3,  // a string with escapes: ck_json_unescape makes its text
  CK_JSON_NULL = 4,
};

// A step of a path: a key (UTF-8, not escaped), or with a null key the index of an element.
typedef struct {
  const uint8_t *_Nullable key;
  size_t length;
  size_t index;
} CKJSONStep;

// A value in a text: bytes start ..< end.
typedef struct {
  uint32_t start, end;
  uint8_t kind;
} CKJSONSpan;

// The values at a path in texts, row i of which is bytes starts[i] ..< ends[i]; `found` has a span
// a row, counted from `bytes`. Of equal keys the first counts.
void ck_json_find(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                  const uint32_t *_Nonnull ends, size_t rows, const CKJSONStep *_Nonnull steps,
                  size_t stepCount, CKJSONSpan *_Nonnull found);

// The elements of an array: writes the first `capacity` of them, spans counted from `text`, and
// gives how many there are; -1 for what is no JSON array.
ptrdiff_t ck_json_elements(const uint8_t *_Nonnull text, size_t length,
                           CKJSONSpan *_Nonnull elements, size_t capacity);

// The text of an escaped string of a JSON text that was read: at most `length` bytes are written,
// and their number is given.
size_t ck_json_unescape(const uint8_t *_Nonnull text, size_t length, uint8_t *_Nonnull out);

// UTF-8 as a JSON string with its quotes: at most 6 * length + 2 bytes are written, and their
// number is given.
size_t ck_json_quote(const uint8_t *_Nonnull text, size_t length, uint8_t *_Nonnull out);

// The parts of texts between separators as JSON arrays of strings, each up to newEnds[i] in `out`; returns
// the bytes of all. They are at most six times those of the texts and four more each; 24 behind them may
// be written.
size_t ck_json_split(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                     const uint32_t *_Nonnull ends, size_t rows, uint8_t separator,
                     uint8_t *_Nonnull out, uint32_t *_Nonnull newEnds);
