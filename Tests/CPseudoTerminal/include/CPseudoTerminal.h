#pragma once

#include <sys/types.h>

// Runs a program in a folder, in a new pseudo-terminal of that size; gives the terminal's other side,
// or -1. The vectors end with NULL.
int decoy_terminal_run(const char *_Nonnull program, char *_Nullable const *_Nonnull arguments,
                       char *_Nullable const *_Nonnull environment, const char *_Nonnull folder,
                       int rows, int columns, pid_t *_Nonnull child);

// Gives the terminal a new size, of which the program is told by SIGWINCH.
int decoy_terminal_resize(int terminal, int rows, int columns);
