#pragma once

#include <stddef.h>
#include <stdint.h>

#include "FreedMemory.h"
#include "WriteBack.h"

// A file that is cut short while it is mapped kills whoever reads behind its new end (SIGBUS). Here
// such a read gets memory of harmless contents instead, and the mapping is marked as damaged.

// What stands in for the lost elements of the bytes [start, end) of a mapping: `value` in elements of
// `width` bytes (1, 2, 4, 8). Bytes without a stand-in become zero.
typedef struct {
  uint64_t start, end;
  int64_t value;
  uint32_t width;
} decoy_stand_in;

// Guards a mapping, whose base is at the start of a page; the number of its guard, or -1 where too
// many are guarded or memory is short.
int decoy_mapping_guard(void *base, size_t length);

// Sets the stand-ins, sorted by start; once, before anything relies on them. 0, or -1 without memory.
int decoy_mapping_stand_ins(int guard, const decoy_stand_in *stand_ins, size_t count);

// Whether a part of the mapping was lost.
int decoy_mapping_is_damaged(int guard);

// Ends the guard, before the mapping does.
void decoy_mapping_release(int guard);
