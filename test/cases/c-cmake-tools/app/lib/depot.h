#pragma once
#include <stddef.h>

/* SHA-256 of a text in hexadecimal digits; `out` holds 65 bytes. */
void depot_digest(const char *text, size_t length, char *out);
/* How many bytes a text has once it is compressed. */
size_t depot_packed(const char *text, size_t length);
/* How many rows a table in memory has after every word was put into it once. */
int depot_words(char *text);
