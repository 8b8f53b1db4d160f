#pragma once
#include <stddef.h>

/* Bits that a byte of a text carries. */
double entropy(const char *text, size_t length);
unsigned long checksum(const char *text, size_t length);
