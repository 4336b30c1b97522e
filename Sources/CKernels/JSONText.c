#include "JSONText.h"

#include <string.h>

#include "Internal/JSONEscape.h"

typedef const uint8_t *Place;

INLINE Place skipSpace(Place at, Place end) {
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
  return at;
}

// The value of four hexadecimal digits, or -1.
static int hexadecimal(Place at, Place end) {
  if (end - at < 4) return -1;
  int value = 0;
  for (int i = 0; i < 4; i++) {
    uint8_t byte = at[i], letter = byte | 0x20;
    int digit = byte >= '0' && byte <= '9'       ? byte - '0'
                : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10
                                                 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Reads the escape behind a backslash: its end and scalar, or null where it is none.
static Place readEscape(Place at, Place end, uint32_t *scalar) {
  static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  if (at == end) return 0;
  if (*at != 'u') {
    const char *name = *at ? strchr(names, *at) : 0;
    if (!name) return 0;
    *scalar = (uint8_t)values[name - names];
    return at + 1;
  }
  int unit = hexadecimal(at + 1, end);
  if (unit < 0 || (unit >= 0xDC00 && unit < 0xE000)) return 0;
  *scalar = (uint32_t)unit;
  at += 5;
  if (unit < 0xD800 || unit >= 0xE000) return at;
  if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return 0;
  int low = hexadecimal(at + 2, end);
  if (low < 0xDC00 || low >= 0xE000) return 0;
  *scalar = 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
  return at + 6;
}

// The bits of those of 16 bytes that are a quote, a backslash or a control character.
INLINE uint32_t specials(Place at) {
  typedef uint8_t Bytes16 __attribute__((ext_vector_type(16), aligned(1)));
  typedef _Bool Bits16 __attribute__((ext_vector_type(16)));
  const Bytes16 bytes = *(const Bytes16 *)at;
  const Bits16 found = __builtin_convertvector((bytes == (Bytes16)(uint8_t)'"') |
                                                   (bytes == (Bytes16)(uint8_t)'\\') |
                                                   (bytes < (Bytes16)(uint8_t)0x20),
                                               Bits16);
  uint16_t bits;
  memcpy(&bits, &found, 2);
  return bits;
}

// Reads a string from behind its first quote: the place of the last quote, or null.
static Place readString(Place at, Place end, int *isEscaped) {
  *isEscaped = 0;
  while (at < end) {
    // What needs no look; 15 bytes behind the end are readable.
    const uint32_t special = specials(at);
    at += special ? __builtin_ctz(special) : 16;
    if (!special || at >= end) continue;
    uint8_t byte = *at;
    if (byte == '"') return at;
    if (byte < 0x20) return 0;
    at++;
    if (byte != '\\') continue;
    uint32_t scalar;
    *isEscaped = 1;
    at = readEscape(at, end, &scalar);
    if (!at) return 0;
  }
  return 0;
}

INLINE int isDigit(Place at, Place end) { return at < end && *at >= '0' && *at <= '9'; }

// Reads a number: its end, or null.
static Place readNumber(Place at, Place end) {
  if (*at == '-') at++;
  if (!isDigit(at, end)) return 0;
  if (*at == '0') {
    at++;
  } else {
    while (isDigit(at, end)) at++;
  }
  if (at < end && *at == '.') {
    at++;
    if (!isDigit(at, end)) return 0;
    while (isDigit(at, end)) at++;
  }
  if (at < end && (*at | 0x20) == 'e') {
    at++;
    if (at < end && (*at == '+' || *at == '-')) at++;
    if (!isDigit(at, end)) return 0;
    while (isDigit(at, end)) at++;
  }
  return at;
}

INLINE Place readWord(Place at, Place end, const char *word, size_t length) {
  return (size_t)(end - at) >= length && memcmp(at, word, length) == 0 ? at + length : 0;
}

INLINE size_t writeScalar(uint32_t scalar, uint8_t *out) {
  if (scalar < 0x80) return out[0] = (uint8_t)scalar, 1;
  size_t length = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--, scalar >>= 6) out[i] = 0x80 | (scalar & 0x3F);
  out[0] = (uint8_t)(0xF00 >> length) | (uint8_t)scalar;
  return length;
}

// Whether the key between the quotes is the one wanted.
static int isKey(Place at, Place end, int isEscaped, const CKJSONStep *step) {
  if (!isEscaped) {
    return (size_t)(end - at) == step->length && memcmp(at, step->key, step->length) == 0;
  }
  size_t place = 0;
  while (at < end) {
    uint32_t scalar;
    uint8_t encoded[4] = {*at};
    size_t length = 1;
    if (*at++ == '\\') {
      at = readEscape(at, end, &scalar);
      if (!at) return 0;
      length = writeScalar(scalar, encoded);
    }
    if (step->length - place < length || memcmp(step->key + place, encoded, length)) return 0;
    place += length;
  }
  return place == step->length;
}

// One pass over a text. Open brackets are counted in `depth` and remembered as bits. The chain of
// open values that lies on the path has `hit` steps behind it, and a value is on the path when all
// brackets around it are: hit == depth. `deepest` is the greatest `hit` so far: a step is taken
// once, so that of equal keys the first counts.
typedef struct {
  Place text, at, end;
  const CKJSONStep *steps;
  size_t stepCount;
  uint64_t isObject[CK_JSON_DEPTH / 64];
  size_t depth, hit, deepest, index;
  CKJSONSpan found;
  // The elements of the outermost array, where wanted.
  CKJSONSpan *elements;
  size_t capacity, count;
} Reader;

INLINE int inObject(const Reader *reader) {
  size_t level = reader->depth - 1;
  return reader->isObject[level / 64] >> (level % 64) & 1;
}

INLINE void push(Reader *reader, int isObject) {
  uint64_t bit = (uint64_t)1 << (reader->depth % 64);
  uint64_t *word = &reader->isObject[reader->depth / 64];
  *word = isObject ? *word | bit : *word & ~bit;
  reader->depth++;
}

INLINE CKJSONSpan span(const Reader *reader, Place start, Place end, uint8_t kind) {
  return (CKJSONSpan){(uint32_t)(start - reader->text), (uint32_t)(end - reader->text), kind};
}

// Notes a value whose brackets, if any, are closed.
INLINE void note(Reader *reader, CKJSONSpan value) {
  if (reader->hit == reader->depth && reader->depth == reader->stepCount) reader->found = value;
  if (!reader->elements || reader->depth != 1 || inObject(reader)) return;
  if (reader->count < reader->capacity) reader->elements[reader->count] = value;
  reader->count++;
}

// Whether the next key or element of the innermost bracket may be the next step.
INLINE int mayStep(const Reader *reader) {
  return reader->hit == reader->depth - 1 && reader->hit == reader->deepest &&
         reader->hit < reader->stepCount;
}

INLINE void stepInto(Reader *reader) { reader->hit = reader->deepest = reader->depth; }

// Reads the key of a member up to its value; 0 where there is none.
static int readKey(Reader *reader) {
  if (reader->at == reader->end || *reader->at != '"') return 0;
  int isEscaped;
  Place start = reader->at + 1, end = readString(start, reader->end, &isEscaped);
  if (!end) return 0;
  if (mayStep(reader) && reader->steps[reader->hit].key &&
      isKey(start, end, isEscaped, &reader->steps[reader->hit]))
    stepInto(reader);
  reader->at = skipSpace(end + 1, reader->end);
  if (reader->at == reader->end || *reader->at != ':') return 0;
  reader->at = skipSpace(reader->at + 1, reader->end);
  return 1;
}

// Makes ready for the element at the index.
static void beginElement(Reader *reader) {
  if (!mayStep(reader)) return;
  const CKJSONStep *step = &reader->steps[reader->hit];
  if (!step->key && step->index == reader->index) stepInto(reader);
}

// Reads a string, number or word; 0 where there is none.
static int readPlain(Reader *reader) {
  Place start = reader->at, end;
  uint8_t kind = CK_JSON_TEXT;
  switch (*start) {
    case '"': {
      int isEscaped;
      end = readString(++start, reader->end, &isEscaped);
      if (!end) return 0;
      note(reader, span(reader, start, end, isEscaped ? CK_JSON_ESCAPED : CK_JSON_STRING));
      reader->at = end + 1;
      return 1;
    }
    case 't': end = readWord(start, reader->end, "true", 4); break;
    case 'f': end = readWord(start, reader->end, "false", 5); break;
    case 'n':
      end = readWord(start, reader->end, "null", 4);
      kind = CK_JSON_NULL;
      break;
    case '-':
    case '0' ... '9': end = readNumber(start, reader->end); break;
    default: return 0;
  }
  if (!end) return 0;
  note(reader, span(reader, start, end, kind));
  reader->at = end;
  return 1;
}

// Reads the whole text; 0 when it is no JSON.
static int readAll(Reader *reader) {
  // Where the brackets begin whose text is wanted: the target's, or an element's.
  Place target = 0, element = reader->text;
  reader->at = skipSpace(reader->at, reader->end);
value:
  if (reader->at == reader->end) return 0;
  if (*reader->at == '{' || *reader->at == '[') {
    int isObject = *reader->at == '{';
    if (reader->depth == CK_JSON_DEPTH) return 0;
    if (reader->hit == reader->depth && reader->depth == reader->stepCount) target = reader->at;
    if (reader->depth == 1) element = reader->at;
    push(reader, isObject);
    reader->at = skipSpace(reader->at + 1, reader->end);
    if (reader->at == reader->end) return 0;
    if (*reader->at == (isObject ? '}' : ']')) goto close;
    if (isObject) goto member;
    if (reader->hit == reader->depth - 1) reader->index = 0;
    beginElement(reader);
    goto value;
  }
  if (!readPlain(reader)) return 0;
after:
  reader->at = skipSpace(reader->at, reader->end);
  if (reader->depth == 0) return reader->at == reader->end;
  if (reader->hit == reader->depth) reader->hit--;
  if (reader->at == reader->end) return 0;
  if (*reader->at == ',') {
    reader->at = skipSpace(reader->at + 1, reader->end);
    if (inObject(reader)) goto member;
    if (reader->hit == reader->depth - 1) reader->index++;
    beginElement(reader);
    goto value;
  }
  if (*reader->at != (inObject(reader) ? '}' : ']')) return 0;
close:
  reader->at++;
  reader->depth--;
  note(reader, span(reader, reader->depth == reader->stepCount && target ? target : element,
                    reader->at, CK_JSON_TEXT));
  goto after;
member:
  if (!readKey(reader)) return 0;
  goto value;
}

void ck_json_find(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends, size_t rows,
                  const CKJSONStep *steps, size_t stepCount, CKJSONSpan *found) {
  Reader reader;
  reader.steps = steps;
  reader.stepCount = stepCount;
  reader.elements = 0;
  reader.text = bytes;
  for (size_t row = 0; row < rows; row++) {
    reader.at = bytes + starts[row];
    reader.end = bytes + ends[row];
    reader.depth = reader.hit = reader.deepest = reader.index = 0;
    reader.found = (CKJSONSpan){0, 0, CK_JSON_NONE};
    if (!readAll(&reader)) reader.found = (CKJSONSpan){0, 0, CK_JSON_NONE};
    found[row] = reader.found;
  }
}

ptrdiff_t ck_json_elements(const uint8_t *text, size_t length, CKJSONSpan *elements,
                           size_t capacity) {
  // The path leads nowhere: no text has so many brackets.
  Reader reader = {.text = text, .at = text, .end = text + length};
  reader.stepCount = CK_JSON_DEPTH + 1;
  reader.deepest = 1;
  reader.elements = elements;
  reader.capacity = capacity;
  Place first = skipSpace(text, text + length);
  if (first == text + length || *first != '[' || !readAll(&reader)) return -1;
  return (ptrdiff_t)reader.count;
}

size_t ck_json_unescape(const uint8_t *text, size_t length, uint8_t *out) {
  Place at = text, end = text + length;
  size_t written = 0;
  while (at < end) {
    if (*at != '\\') {
      out[written++] = *at++;
      continue;
    }
    uint32_t scalar;
    at = readEscape(at + 1, end, &scalar);
    if (!at) break;
    written += writeScalar(scalar, out + written);
  }
  return written;
}

size_t ck_json_quote(const uint8_t *text, size_t length, uint8_t *out) {
  uint8_t *at = out;
  *at++ = '"';
  for (size_t i = 0; i < length; i++) at = writeEscaped(text[i], at);
  *at++ = '"';
  return (size_t)(at - out);
}
