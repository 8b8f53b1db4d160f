#include "book.h"

#include <stdio.h>

sqlite3 *book_open(void) {
  static char schema[4096];
  FILE *file = fopen(DATADIR "/schema.sql", "r");
  sqlite3 *book = NULL;
  if (file == NULL) return NULL;
  schema[fread(schema, 1, sizeof schema - 1, file)] = 0;
  fclose(file);
  sqlite3_open(":memory:", &book);
  sqlite3_exec(book, schema, NULL, NULL, NULL);
  return book;
}

int book_count(sqlite3 *book) {
  sqlite3_stmt *count = NULL;
  sqlite3_prepare_v2(book, "select count(*) from accounts", -1, &count, NULL);
  int rows = sqlite3_step(count) == SQLITE_ROW ? sqlite3_column_int(count, 0) : -1;
  sqlite3_finalize(count);
  return rows;
}
