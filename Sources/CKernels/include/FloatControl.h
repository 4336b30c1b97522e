#pragma once
#include <stdint.h>

// From here on, floats of this thread that are too small to be normal are zero, as operands and as
// results. Gives what ck_restore_float_control takes back. Nothing where the machine has no such switch.
uint64_t ck_flush_subnormals(void);
void ck_restore_float_control(uint64_t control);
