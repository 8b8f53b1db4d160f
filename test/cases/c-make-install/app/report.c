#include <stdio.h>

#include "book.h"

int main(void) {
  sqlite3 *book = book_open();
  if (book == NULL) return 1;
  printf("report: %d accounts are open\n", book_count(book));
  sqlite3_close(book);
  return 0;
}
