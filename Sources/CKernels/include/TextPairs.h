#pragma once
#include <stddef.h>
#include <stdint.h>

// Rows of texts as in TextSearch.h: 64 bytes behind a text are readable.

// Tests each text with the other of its row; operation: 0 contains, 1 starts with, 2 ends with it.
void ck_text_pairs(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                   const uint32_t *_Nonnull ends, const uint8_t *_Nonnull otherBytes,
                   const uint32_t *_Nonnull otherStarts, const uint32_t *_Nonnull otherEnds,
                   size_t rows, int operation, uint64_t *_Nonnull bits);

// Compares texts with a constant by bytes; operation: 0 less, 1 less or equal, 2 equal.
void ck_compare_texts(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                      const uint32_t *_Nonnull ends, size_t rows, const uint8_t *_Nonnull constant,
                      size_t length, int operation, int inverted, uint64_t *_Nonnull bits);

// An end of a range of texts, and whether it is in the range.
typedef struct {
  const uint8_t *_Nonnull text;
  size_t length;
  int isIncluded;
} TextBound;

// Which texts are between two constants by bytes.
void ck_texts_between(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                      const uint32_t *_Nonnull ends, size_t rows, TextBound low, TextBound high,
                      uint64_t *_Nonnull bits);

// A text of a set, by its length and its first and last eight bytes; `place` is where it is.
typedef struct {
  uint64_t head, tail, place;
  uint32_t length;
} TextKey;

// Open addressing: 1 << bits slots, of which at least one is empty; those have the length UINT32_MAX.
// Bit i of `lengths` is whether a key has i bytes, the last one for all longer ones; bit i of `filter`
// whether the hash of a key has the upper bits i, CK_KEY_FILTER_BITS more than `bits`; bit i of `outlines`
// the same of a hash of what a TextKey tells, of which there are `outlineBits`.
typedef struct {
  const TextKey *_Nonnull slots;
  const uint64_t *_Nonnull filter;
  const uint64_t *_Nonnull outlines;
  const uint8_t *_Nonnull bytes;
  uint64_t lengths;
  int bits, outlineBits;
} TextKeyTable;

#define CK_KEY_FILTER_BITS 3

// Adds some of the texts that lie behind each other, with 8 readable bytes behind the last, to a table whose
// free slots have that length; gives how many were not there.
size_t ck_add_keys(TextKey *_Nonnull slots, int bits, const uint8_t *_Nonnull bytes,
                   const uint64_t *_Nonnull ends, size_t first, size_t end);

// Puts the keys of a table into a free one that is larger.
void ck_move_keys(const TextKey *_Nonnull from, int fromBits, TextKey *_Nonnull slots, int bits,
                  const uint8_t *_Nonnull bytes);

// Sets the bits of the keys of a table in its filter.
void ck_filter_keys(const TextKey *_Nonnull slots, int bits, const uint8_t *_Nonnull bytes,
                    uint64_t *_Nonnull filter);

// Sets the bits of the keys of a table in its filter of outlines.
void ck_outline_keys(const TextKey *_Nonnull slots, int bits, uint64_t *_Nonnull outlines,
                     int outlineBits);

// The texts that may be keys: all keys, and few others.
void ck_likely_keys(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                    const uint32_t *_Nonnull ends, size_t rows, const TextKeyTable *_Nonnull table,
                    uint64_t *_Nonnull bits);

// Looks up texts.
void ck_find_keys(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                  const uint32_t *_Nonnull ends, size_t rows, const TextKeyTable *_Nonnull table,
                  uint64_t *_Nonnull bits);

// How often a byte occurs.
size_t ck_count_byte(const uint8_t *_Nonnull bytes, size_t count, uint8_t byte);

// Writes texts in which a byte is replaced, each up to newEnds[i] in `out`; returns the bytes of all. Room
// is wanted for them and 64 more.
size_t ck_replace_byte(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                       const uint32_t *_Nonnull ends, size_t rows, uint8_t byte,
                       const uint8_t *_Nonnull replacement, size_t length, uint8_t *_Nonnull out,
                       uint32_t *_Nonnull newEnds);
