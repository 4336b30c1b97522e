#pragma once

// The SHA-256 of a file as 64 hexadecimal digits and a 0; 0 when the file cannot be read.
int decoy_sha256_of_file(const char *path, char digits[65]);
