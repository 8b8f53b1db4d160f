#ifndef PAGES_H
#define PAGES_H
#include <stddef.h>

/* Text of a page of the data folder, which the caller frees; NULL when there is none. */
char *page_read(const char *name, size_t *length);

#endif
