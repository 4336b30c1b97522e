#pragma once
#include <stddef.h>
#include <stdint.h>

// How many words differ from the one before them; -1 where one is less than that.
int64_t ck_rising_changes(const int64_t *_Nonnull words, size_t count);
