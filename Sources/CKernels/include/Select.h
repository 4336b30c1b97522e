#pragma once
#include <stddef.h>
#include <stdint.h>

// Row by row `chosen` where the bit is set and `other` where not; constants have step 0, blocks 1.
// `out` may be one of the inputs.
#define SELECT_DECLARATION(NAME, TYPE)                                                        \
  void ck_select_##NAME(const uint64_t *_Nonnull bits, const TYPE *_Nonnull chosen,           \
                        int chosenStep, const TYPE *_Nonnull other, int otherStep,            \
                        TYPE *_Nonnull out, size_t count);

SELECT_DECLARATION(u8, uint8_t)
SELECT_DECLARATION(u16, uint16_t)
SELECT_DECLARATION(i32, int32_t)
SELECT_DECLARATION(i64, int64_t)

// Writes the numbers of the set bits among the first `count`, ascending; returns how many. There is room
// for `count` of them and eight more.
size_t ck_selected_rows(const uint64_t *_Nonnull bits, size_t count, uint32_t *_Nonnull rows);

// Writes the words from `least` to `greatest` to `between`, in order, which has room for `count` of them;
// returns how many, and adds to `below` how many are less than `least`.
size_t ck_words_between(const int64_t *_Nonnull words, size_t count, int64_t least, int64_t greatest,
                        int64_t *_Nonnull between, size_t *_Nonnull below);

// Writes the words less than `pivot` to `out` from its front on, and those greater to its back, which is
// out + count, in any order; returns how many are less, and writes how many are greater to `above`. `out`
// has room for `count` words.
size_t ck_divide_words(const int64_t *_Nonnull words, size_t count, int64_t pivot, int64_t *_Nonnull out,
                       size_t *_Nonnull above);

// The bytes that stand at some places, which may lie anywhere: those to come are fetched ahead.
void ck_bytes_at(const uint8_t *_Nonnull bytes, const int32_t *_Nonnull places, size_t count,
                 uint8_t *_Nonnull out);
