#pragma once
#include <stddef.h>
#include <stdint.h>

// Row i of a text block is bytes offsets[i] ..< offsets[i + 1]; 64 bytes behind the last row are
// readable. Bits: row i is bit i % 64 of word i / 64, spare bits of the last word are 0.

// Sets the bits of rows that contain the needle, which is not empty. With `fold` the needle is lower
// case and ASCII letters of the text count as lower case.
void ck_contains(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull offsets, size_t rows,
                 const uint8_t *_Nonnull needle, size_t length, int fold,
                 uint64_t *_Nonnull bits);

// The same for needles that begin (`edgeBefore`) or end (`edgeBehind`) between a byte of a word, which
// are ASCII letters, digits and underscores, and one that is none, or the end of the text.
void ck_contains_word(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull offsets, size_t rows,
                      const uint8_t *_Nonnull needle, size_t length, int fold, int edgeBefore,
                      int edgeBehind, uint64_t *_Nonnull bits);

// A set of bytes: those from low[i] on, not more than width[i] above it; never empty.
typedef struct {
  uint8_t count, low[7], width[7];
} ByteRanges;

enum { LONGEST_BYTE_WINDOW = 4 };

// A few bytes behind each other, each of a set; at least one.
typedef struct {
  size_t length;
  ByteRanges sets[LONGEST_BYTE_WINDOW];
} ByteWindow;

// Sets the bits of rows in which such bytes stand somewhere.
void ck_find_windows(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull offsets, size_t rows,
                     const ByteWindow *_Nonnull window, uint64_t *_Nonnull bits);

// Runs a table of next states over those texts whose bits are set, and clears the bits of those that it
// does not accept: row i is bytes starts[i] ..< ends[i], read from its end where `backward`. States are in
// steps of 256; nothing leads out of 0, which accepts, and 256, which does not. `accepts` says for each
// other state whether a text that ends there is accepted.
void ck_run_automaton(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                      const uint32_t *_Nonnull ends, size_t rows, const uint16_t *_Nonnull table,
                      const uint8_t *_Nonnull accepts, uint32_t start, int backward,
                      uint64_t *_Nonnull bits);

// Where a needle is: the place is in all bytes.
typedef struct {
  uint32_t row, place;
} TextPlace;

// Finds the needle, which is not empty, wherever it is, also where it overlaps itself; returns how
// often. Writes the first `capacity` places, ascending.
size_t ck_find_places(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull offsets, size_t rows,
                      const uint8_t *_Nonnull needle, size_t length, TextPlace *_Nonnull places,
                      size_t capacity);

// Texts wherever they are: row i is bytes starts[i] ..< ends[i], with 64 readable bytes behind.
// operation: 0 equal, 1 starts with, 2 ends with the needle.
void ck_text_matches(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                     const uint32_t *_Nonnull ends, size_t rows, const uint8_t *_Nonnull needle,
                     size_t length, int operation, uint64_t *_Nonnull bits);

// The order of two texts by bytes: negative, 0, positive.
int ck_text_order(const uint8_t *_Nonnull a, size_t aLength, const uint8_t *_Nonnull b,
                  size_t bLength);

// Compares two columns of texts; operation: 0 less, 1 less or equal, 2 equal.
void ck_text_compare(const uint8_t *_Nonnull aBytes, const uint32_t *_Nonnull aStarts,
                     const uint32_t *_Nonnull aEnds, const uint8_t *_Nonnull bBytes,
                     const uint32_t *_Nonnull bStarts, const uint32_t *_Nonnull bEnds, size_t rows,
                     int operation, int inverted, uint64_t *_Nonnull bits);

// The number of Unicode scalars of each text.
void ck_text_lengths(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                     const uint32_t *_Nonnull ends, size_t rows, int64_t *_Nonnull lengths);

// Compares the number of Unicode scalars of each text with a length; operation: 0 less, 1 less or
// equal, 2 equal. Texts of fewer bytes, or of more than four times as many, are not looked at.
void ck_compare_lengths(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                        const uint32_t *_Nonnull ends, size_t rows, uint32_t length, int operation,
                        int inverted, uint64_t *_Nonnull bits);

// Copies with ASCII letters in one case; gives whether a byte was not ASCII (and was kept).
int ck_fold_case(const uint8_t *_Nonnull bytes, size_t count, int toUpper, uint8_t *_Nonnull out);

// Whether all bytes are ASCII.
int ck_is_ascii(const uint8_t *_Nonnull bytes, size_t count);
