#pragma once

// Keeps up to so many bytes of what is given back to the heap for what is asked for next, instead of
// giving the pages back to the system, which would clear them again.
void decoy_keep_freed_memory(int bytes);
