#pragma once
#include <stddef.h>

size_t words_read(const char *path, char *text, size_t size);
