#include "TextOutput.h"

#include <string.h>

#include "Internal/Clones.h"

#define INLINE static inline __attribute__((always_inline))

typedef _Bool Bits32 __attribute__((ext_vector_type(32)));
typedef uint8_t Bytes32 __attribute__((ext_vector_type(32), aligned(1)));

// Which of 32 bytes are odd, by an expression over `here`; no vector is passed, which clones cannot.
#define ODD_OF(text, expression)                                       \
  const Bytes32 here = *(const Bytes32 *)(text);                       \
  const Bits32 flags = __builtin_convertvector((expression), Bits32);  \
  uint32_t bits;                                                       \
  memcpy(&bits, &flags, 4);                                            \
  return bits

#define IS(byte) (here == (Bytes32)(uint8_t)(byte))

INLINE void copy32(const uint8_t *from, uint8_t *to) { *(Bytes32 *)to = *(const Bytes32 *)from; }

// The bits of the first `count` of 32.
INLINE uint32_t firstBits(uint32_t bits, size_t count) {
  return count < 32 ? bits & (((uint32_t)1 << count) - 1) : bits;
}

// Copies a text with what stands for its odd bytes; gives the place behind it.
typedef uint32_t (*OddOf)(const uint8_t *);
typedef uint8_t *(*WriteOdd)(uint8_t, uint8_t *);

INLINE uint8_t *copyEscaped(const uint8_t *text, size_t count, uint8_t *out, OddOf oddOf,
                            WriteOdd writeOdd) {
  for (size_t at = 0; at < count;) {
    const size_t rest = count - at;
    copy32(text + at, out);
    const uint32_t odd = firstBits(oddOf(text + at), rest);
    if (odd == 0) {
      const size_t taken = rest < 32 ? rest : 32;
      at += taken;
      out += taken;
    } else {
      const size_t before = (size_t)__builtin_ctz(odd);
      out = writeOdd(text[at + before], out + before);
      at += before + 1;
    }
  }
  return out;
}

INLINE uint32_t quotes(const uint8_t *text) { ODD_OF(text, IS('"')); }

INLINE uint8_t *writeTwice(uint8_t byte, uint8_t *out) {
  out[0] = out[1] = byte;
  return out + 2;
}

INLINE uint32_t cellEnds(const uint8_t *text, uint8_t delimiter) {
  ODD_OF(text, IS(delimiter) | IS('"') | IS('\n') | IS('\r'));
}

INLINE uint32_t anyDelimiters(const uint8_t *text) {
  ODD_OF(text, IS(',') | IS(';') | IS('\t') | IS('|'));
}

KERNEL size_t ck_write_delimited(const uint8_t *text, size_t count, uint8_t delimiter,
                                 int mayStandAlone, uint8_t *cell) {
  uint32_t odd = 0;
  for (size_t at = 0; at < count; at += 32) {
    copy32(text + at, cell + at);
    odd |= firstBits(cellEnds(text + at, delimiter), count - at);
    if (mayStandAlone) odd |= firstBits(anyDelimiters(text + at), count - at);
  }
  if (odd == 0) return count;
  cell[0] = '"';
  uint8_t *end = copyEscaped(text, count, cell + 1, quotes, writeTwice);
  *end = '"';
  return (size_t)(end + 1 - cell);
}

INLINE uint32_t escaped(const uint8_t *text) {
  ODD_OF(text, IS('"') | IS('\\') | (here < (Bytes32)(uint8_t)0x20));
}

INLINE uint8_t hexDigit(uint8_t value) { return value < 10 ? '0' + value : 'a' - 10 + value; }

INLINE uint8_t *writeEscape(uint8_t byte, uint8_t *out) {
  out[0] = '\\';
  switch (byte) {
    case '\n': out[1] = 'n'; return out + 2;
    case '\r': out[1] = 'r'; return out + 2;
    case '\t': out[1] = 't'; return out + 2;
    case '"':
    case '\\': out[1] = byte; return out + 2;
  }
  memcpy(out + 1, "u00", 3);
  out[4] = hexDigit(byte >> 4);
  out[5] = hexDigit(byte & 15);
  return out + 6;
}

KERNEL size_t ck_write_json(const uint8_t *text, size_t count, uint8_t *cell) {
  cell[0] = '"';
  uint8_t *end = copyEscaped(text, count, cell + 1, escaped, writeEscape);
  *end = '"';
  return (size_t)(end + 1 - cell);
}
