#pragma once
#include <sqlite3.h>

/* A book in memory with the tables of the schema. */
sqlite3 *book_open(void);
int book_count(sqlite3 *book);
