#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "book.h"

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "report") == 0) {
    execl(BINDIR "/ledger-report", "ledger-report", NULL);
    perror("ledger-report");
    return 1;
  }
  sqlite3 *book = book_open();
  if (book == NULL) return 1;
  printf("%d accounts\n", book_count(book));
  sqlite3_close(book);
  return 0;
}
