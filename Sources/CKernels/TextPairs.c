#include "TextPairs.h"

#include <string.h>

#include "Internal/Clones.h"
#include "Internal/Scalars.h"
#include "Internal/TextHeads.h"

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
typedef uint8_t Bytes64 __attribute__((ext_vector_type(64), aligned(1)));

INLINE uint64_t equalTo(const uint8_t *bytes, uint8_t byte) {
  const Bits64 found = __builtin_convertvector(*(const Bytes64 *)bytes == (Bytes64)byte, Bits64);
  uint64_t bits;
  memcpy(&bits, &found, 8);
  return bits;
}

// Where the first and the last byte are right, what is between is compared.
INLINE int containsText(const uint8_t *text, size_t size, const uint8_t *needle, size_t length) {
  if (length == 0) return 1;
  for (size_t at = 0; at + length <= size; at += 64) {
    uint64_t likely =
        equalTo(text + at, needle[0]) & equalTo(text + at + length - 1, needle[length - 1]);
    for (; likely; likely &= likely - 1) {
      const size_t place = at + (size_t)__builtin_ctzll(likely);
      if (place + length > size) return 0;
      if (memcmp(text + place, needle, length) == 0) return 1;
    }
  }
  return 0;
}

INLINE int holds(const uint8_t *text, size_t size, const uint8_t *other, size_t length,
                 int operation) {
  if (operation == 0) return containsText(text, size, other, length);
  return size >= length && memcmp(operation == 1 ? text : text + size - length, other, length) == 0;
}

KERNEL void ck_text_pairs(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                          const uint8_t *otherBytes, const uint32_t *otherStarts,
                          const uint32_t *otherEnds, size_t rows, int operation, uint64_t *bits) {
  for (size_t at = 0; at < rows; at += 64) {
    const size_t count = rows - at < 64 ? rows - at : 64;
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++) {
      const uint32_t start = starts[at + i], other = otherStarts[at + i];
      word |= (uint64_t)holds(bytes + start, ends[at + i] - start, otherBytes + other,
                              otherEnds[at + i] - other, operation)
              << i;
    }
    bits[at / 64] = word;
  }
}

// The first eight bytes tell most texts apart.
KERNEL void ck_compare_texts(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                             size_t rows, const uint8_t *constant, size_t length, int operation,
                             int inverted, uint64_t *bits) {
  uint8_t padded[8] = {0};
  memcpy(padded, constant, length < 8 ? length : 8);
  const uint64_t head = firstBytes(padded, 8);
  for (size_t at = 0; at < rows; at += 64) {
    const size_t count = rows - at < 64 ? rows - at : 64;
    uint64_t less = 0, open = 0, equal = 0;
    readAhead(bytes, starts, at, rows);
    for (size_t i = 0; i < count; i++) {
      const uint32_t start = starts[at + i];
      const uint64_t own = firstBytes(bytes + start, ends[at + i] - start);
      less |= (uint64_t)(own < head) << i;
      open |= (uint64_t)(own == head) << i;
    }
    for (; open; open &= open - 1) {
      const size_t i = (size_t)__builtin_ctzll(open);
      const uint32_t start = starts[at + i], size = ends[at + i] - start;
      const int order = memcmp(bytes + start, constant, size < length ? size : length);
      less |= (uint64_t)(order < 0 || (order == 0 && size < length)) << i;
      equal |= (uint64_t)(order == 0 && size == length) << i;
    }
    const uint64_t found = operation == 0 ? less : operation == 1 ? less | equal : equal;
    bits[at / 64] = (inverted ? ~found : found) & (~(uint64_t)0 >> (64 - count));
  }
}

INLINE TextKey keyOf(const uint8_t *text, size_t length) {
  const size_t near = length < 8 ? length : 8;
  TextKey key = {0, 0, 0, (uint32_t)length};
  memcpy(&key.head, text, 8);
  memcpy(&key.tail, text + length - near, 8);
  if (length < 8) {
    const uint64_t mask = ((uint64_t)1 << (8 * length)) - 1;
    key.head &= mask;
    key.tail &= mask;
  }
  return key;
}

// All bytes count, or texts that begin and end alike would crowd one place.
INLINE uint64_t hashOf(TextKey key, const uint8_t *text) {
  const uint64_t odd = 0x9FB21C651E98DF25;
  uint64_t hash = (key.head ^ key.length) * odd;
  for (size_t at = 8; at + 8 < key.length; at += 8) {
    uint64_t word;
    memcpy(&word, text + at, 8);
    hash = (hash ^ (hash >> 29) ^ word) * odd;
  }
  hash = (hash ^ (hash >> 29) ^ key.tail) * odd;
  return (hash ^ (hash >> 32)) * odd;
}

INLINE size_t slotOf(uint64_t hash, int bits) { return hash >> (64 - bits); }

// The bits of the filter are so many powers of two more than slots.
INLINE size_t filterPlace(uint64_t hash, int bits) {
  return hash >> (64 - bits - CK_KEY_FILTER_BITS);
}

// The slot of a key, or a free one where it would be, from the one on that its bytes choose.
INLINE size_t findKey(const TextKey *slots, int bits, const uint8_t *bytes, TextKey key,
                      const uint8_t *text, size_t slot) {
  const size_t mask = ((size_t)1 << bits) - 1;
  for (;; slot = (slot + 1) & mask) {
    const TextKey *other = slots + slot;
    if (other->length == UINT32_MAX) return slot;
    if (other->head == key.head && other->tail == key.tail && other->length == key.length &&
        (key.length <= 16 || memcmp(bytes + other->place, text, key.length) == 0))
      return slot;
  }
}

// So many slots are read ahead: a loop that looked up one key after the other would wait for each.
enum { AHEAD = 64 };

void ck_move_keys(const TextKey *from, int fromBits, TextKey *slots, int bits,
                  const uint8_t *bytes) {
  const size_t mask = ((size_t)1 << bits) - 1;
  for (size_t i = 0; i < (size_t)1 << fromBits; i++) {
    if (from[i].length == UINT32_MAX) continue;
    size_t slot = slotOf(hashOf(from[i], bytes + from[i].place), bits);
    while (slots[slot].length != UINT32_MAX) slot = (slot + 1) & mask;
    slots[slot] = from[i];
  }
}

size_t ck_add_keys(TextKey *slots, int bits, const uint8_t *bytes, const uint64_t *ends,
                   size_t first, size_t end) {
  size_t added = 0;
  uint64_t start = first > 0 ? ends[first - 1] : 0;
  for (size_t at = first; at < end; at += AHEAD) {
    const size_t own = end - at < AHEAD ? end - at : AHEAD;
    TextKey keys[AHEAD];
    size_t places[AHEAD];
    for (size_t i = 0; i < own; start = ends[at + i++]) {
      keys[i] = keyOf(bytes + start, ends[at + i] - start);
      keys[i].place = start;
      places[i] = slotOf(hashOf(keys[i], bytes + start), bits);
      __builtin_prefetch(slots + places[i]);
    }
    for (size_t i = 0; i < own; i++) {
      const size_t slot = findKey(slots, bits, bytes, keys[i], bytes + keys[i].place, places[i]);
      if (slots[slot].length != UINT32_MAX) continue;
      slots[slot] = keys[i];
      added++;
    }
  }
  return added;
}

void ck_filter_keys(const TextKey *slots, int bits, const uint8_t *bytes, uint64_t *filter) {
  for (size_t i = 0; i < (size_t)1 << bits; i++) {
    if (slots[i].length == UINT32_MAX) continue;
    const size_t place = filterPlace(hashOf(slots[i], bytes + slots[i].place), bits);
    filter[place / 64] |= (uint64_t)1 << (place % 64);
  }
}

// Which of some of 64 rows have a key. Few that have none pass the filter.
INLINE uint64_t findAmong(const TextKeyTable *table, const uint8_t *bytes, const uint32_t *starts,
                          const uint32_t *ends, uint64_t likely) {
  TextKey keys[64];
  size_t slots[64];
  uint64_t open = 0;
  for (; likely; likely &= likely - 1) {
    const size_t row = (size_t)__builtin_ctzll(likely);
    const uint8_t *text = bytes + starts[row];
    keys[row] = keyOf(text, ends[row] - starts[row]);
    const uint64_t hash = hashOf(keys[row], text);
    const size_t place = filterPlace(hash, table->bits);
    slots[row] = slotOf(hash, table->bits);
    open |= (table->filter[place / 64] >> (place % 64) & 1) << row;
  }
  for (uint64_t rest = open; rest; rest &= rest - 1)
    __builtin_prefetch(table->slots + slots[__builtin_ctzll(rest)]);
  uint64_t found = 0;
  for (; open; open &= open - 1) {
    const size_t row = (size_t)__builtin_ctzll(open);
    const size_t slot = findKey(table->slots, table->bits, table->bytes, keys[row],
                                bytes + starts[row], slots[row]);
    found |= (uint64_t)(table->slots[slot].length != UINT32_MAX) << row;
  }
  return found;
}

// The bit of a text in the filter of outlines, from its first and last eight bytes and its length.
INLINE uint64_t outlinePlace(uint64_t head, uint64_t tail, uint64_t length, int bits) {
  const uint64_t odd = 0x9FB21C651E98DF25;
  const uint64_t mixed = (head * odd) ^ tail ^ length;
  return ((mixed ^ mixed >> 32) * odd) >> (64 - bits);
}

void ck_outline_keys(const TextKey *slots, int bits, uint64_t *outlines, int outlineBits) {
  for (size_t i = 0; i < (size_t)1 << bits; i++) {
    if (slots[i].length == UINT32_MAX) continue;
    const size_t place =
        outlinePlace(slots[i].head, slots[i].tail, slots[i].length, outlineBits);
    outlines[place / 64] |= (uint64_t)1 << (place % 64);
  }
}

typedef uint64_t Words64 __attribute__((ext_vector_type(64), aligned(8), may_alias));

INLINE uint64_t bitsOf(const uint64_t *flags) {
  const Bits64 set = __builtin_convertvector(*(const Words64 *)flags != 0, Bits64);
  uint64_t bits;
  memcpy(&bits, &set, 8);
  return bits;
}

// Which of 64 rows or fewer have the length of a key.
INLINE uint64_t ofLengths(uint64_t lengths, const uint32_t *starts, const uint32_t *ends,
                          size_t count) {
  uint64_t flags[64];
  if (count < 64) memset(flags, 0, sizeof flags);
  for (size_t i = 0; i < count; i++) {
    const uint64_t length = ends[i] - starts[i];
    flags[i] = lengths >> (length < 63 ? length : 63) & 1;
  }
  return bitsOf(flags);
}

// Which of 64 rows or fewer have the outline of a key, or one that is alike.
INLINE uint64_t ofOutlines(const TextKeyTable *table, const uint8_t *bytes, const uint32_t *starts,
                           const uint32_t *ends, size_t count) {
  const uint64_t *outlines = table->outlines;
  const int bits = table->outlineBits;
  uint64_t flags[64];
  if (count < 64) memset(flags, 0, sizeof flags);
  for (size_t i = 0; i < count; i++) {
    const uint64_t start = starts[i], length = ends[i] - starts[i];
    const uint64_t near = length < 8 ? length : 8;
    uint64_t head, tail;
    memcpy(&head, bytes + start, 8);
    memcpy(&tail, bytes + start + length - near, 8);
    const uint64_t mask = near < 8 ? ((uint64_t)1 << (8 * near & 63)) - 1 : ~(uint64_t)0;
    const uint64_t place = outlinePlace(head & mask, tail & mask, length, bits);
    flags[i] = outlines[place / 64] >> (place % 64) & 1;
  }
  return bitsOf(flags);
}

// So few of 64 are looked up one by one: a pass over all would take longer.
enum { FEW_LIKELY = 16 };

// A pass of its own without branches, which most texts that are no key do not get through.
KERNEL void ck_likely_keys(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                           size_t rows, const TextKeyTable *table, uint64_t *bits) {
  const uint64_t lengths = table->lengths;
  const size_t whole = rows / 64 * 64;
  for (size_t at = 0; at < whole; at += 64) {
    uint64_t likely = ofLengths(lengths, starts + at, ends + at, 64);
    if (__builtin_popcountll(likely) > FEW_LIKELY) {
      readAhead(bytes, starts, at, rows);
      likely &= ofOutlines(table, bytes, starts + at, ends + at, 64);
    }
    bits[at / 64] = likely;
  }
  if (whole == rows) return;
  bits[whole / 64] = ofLengths(lengths, starts + whole, ends + whole, rows - whole) &
                     ofOutlines(table, bytes, starts + whole, ends + whole, rows - whole);
}

void ck_find_keys(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends, size_t rows,
                  const TextKeyTable *table, uint64_t *bits) {
  ck_likely_keys(bytes, starts, ends, rows, table, bits);
  for (size_t at = 0; at < rows; at += 64) {
    const uint64_t likely = bits[at / 64];
    if (likely) bits[at / 64] = findAmong(table, bytes, starts + at, ends + at, likely);
  }
}

KERNEL size_t ck_count_byte(const uint8_t *bytes, size_t count, uint8_t byte) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) found += bytes[i] == byte;
  return found;
}

// Copies 16 bytes at a time, a few more than wanted.
INLINE void copyShort(uint8_t *out, const uint8_t *from, size_t count) {
  size_t at = 0;
  do memcpy(out + at, from + at, 16);
  while ((at += 16) < count);
}

KERNEL size_t ck_replace_byte(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                              size_t rows, uint8_t byte, const uint8_t *replacement, size_t length,
                              uint8_t *out, uint32_t *newEnds) {
  uint8_t *next = out;
  uint8_t first[16] = {0};
  memcpy(first, replacement, length < 16 ? length : 16);
  for (size_t row = 0; row < rows; row++) {
    const uint8_t *text = bytes + starts[row];
    const size_t size = ends[row] - starts[row];
    size_t done = 0;
    for (size_t at = 0; at < size; at += 64) {
      uint64_t found = equalTo(text + at, byte);
      if (size - at < 64) found &= ((uint64_t)1 << (size - at)) - 1;
      for (; found; found &= found - 1) {
        const size_t place = at + (size_t)__builtin_ctzll(found);
        copyShort(next, text + done, place - done);
        next += place - done;
        if (length <= 16) memcpy(next, first, 16);
        else memcpy(next, replacement, length);
        next += length;
        done = place + 1;
      }
    }
    copyShort(next, text + done, size - done);
    next += size - done;
    newEnds[row] = (uint32_t)(next - out);
  }
  return (size_t)(next - out);
}
