#pragma once
#include <stddef.h>
#include <stdint.h>

// Numbers of the generator SplitMix64 (SplitMix64.swift) from a state on, each a step further.
void ck_split_mix(uint64_t state, uint64_t step, uint64_t *_Nonnull out, size_t count);
