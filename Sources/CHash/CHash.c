#include "CHash.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>

// Large enough that reading costs few calls, small enough to stay in the cache.
enum { chunkBytes = 256 * 1024 };

int decoy_sha256_of_file(
    const char *path, unsigned char digest[32], int (*mayGoOn)(void *), void *context) {
  FILE *file = fopen(path, "rb");
  if (!file) return 0;
  unsigned char *chunk = malloc(chunkBytes);
  struct sha256_ctx state;
  sha256_init(&state);
  int isWhole = 0;
  while (chunk && mayGoOn(context)) {
    size_t count = fread(chunk, 1, chunkBytes, file);
    sha256_update(&state, count, chunk);
    if (count < chunkBytes) {
      isWhole = !ferror(file);
      break;
    }
  }
  if (isWhole) sha256_digest(&state, SHA256_DIGEST_SIZE, digest);
  free(chunk);
  fclose(file);
  return isWhole;
}
