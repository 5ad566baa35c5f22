// SHA-256 by the processor's own instructions, where it has them.
#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

// Whether `csha256_blocks` may be called.
int csha256_is_there(void);

// Takes blocks of 64 bytes into a state of eight words.
void csha256_blocks(uint32_t *state, const uint8_t *bytes, size_t blocks);

#endif
