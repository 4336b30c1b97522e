#include "FreedMemory.h"

#include <malloc.h>

void decoy_keep_freed_memory(int bytes) {
#ifdef __GLIBC__
  // Setting one of the two ends the adjusting of the other; 32 MB is where that would have ended.
  (void)mallopt(M_MMAP_THRESHOLD, 32 << 20);
  (void)mallopt(M_TRIM_THRESHOLD, bytes);
#else
  (void)bytes;
#endif
}
