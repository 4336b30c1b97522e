#pragma once

// The SHA-256 of a file; 0 when it cannot be read, or when `mayGoOn`, asked before each chunk, says 0.
int decoy_sha256_of_file(
    const char *path, unsigned char digest[32], int (*mayGoOn)(void *context), void *context);
