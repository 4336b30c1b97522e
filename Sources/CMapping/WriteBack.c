#define _GNU_SOURCE
#include "WriteBack.h"

#include <fcntl.h>

void decoy_begin_write_back(int file, int64_t offset, int64_t count) {
#ifdef SYNC_FILE_RANGE_WRITE
  (void)!sync_file_range(file, offset, count, SYNC_FILE_RANGE_WRITE);
#else
  (void)file, (void)offset, (void)count;
#endif
}
