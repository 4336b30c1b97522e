#include "CHash.h"

#include <sys/types.h>

#include <sha2.h>

int decoy_sha256_of_file(const char *path, char digits[65]) {
  return SHA256File(path, digits) ? 1 : 0;
}
