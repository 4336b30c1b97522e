#pragma once
#include <stddef.h>
#include <stdint.h>

// What a text of at most 64 bytes must share with another to be alike (LikenessBound.swift).
typedef struct {
  // The different bytes of the other text, and how often each is in it.
  uint8_t letters[64], most[64];
  uint32_t letterCount;
  // Its first four bytes.
  uint32_t start;
  // By the number of scalars, times eight, and the length of the same beginning, up to four: how many
  // bytes a text must share.
  uint8_t least[65 * 8];
} ck_likeness;

// The bits of up to 64 texts that share enough, or have more than 64 bytes; row i is bytes starts[i] ..<
// ends[i], with 64 readable bytes behind.
uint64_t ck_may_be_alike(const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull starts,
                         const uint32_t *_Nonnull ends, size_t rows,
                         const ck_likeness *_Nonnull likeness);
