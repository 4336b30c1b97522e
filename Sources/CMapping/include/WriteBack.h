#pragma once

#include <stdint.h>

// Lets the system begin to bring bytes of a file, which were written to it, to the disk, without
// waiting for them. Nothing happens where the system cannot.
void decoy_begin_write_back(int file, int64_t offset, int64_t count);
