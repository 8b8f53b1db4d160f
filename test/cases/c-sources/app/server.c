#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "stats.h"

#define PORT 5050

static void *answer(void *client) {
  int fd = (int)(long)client;
  char request[1024];
  ssize_t length = read(fd, request, sizeof request);
  if (length > 0) {
    char body[128];
    snprintf(body, sizeof body, "entropy %.1f, checksum %08lx\n", entropy(request, (size_t)length), checksum("harbour", 7));
    dprintf(fd, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", strlen(body), body);
  }
  close(fd);
  return NULL;
}

int main(void) {
  int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in address = {0};
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  address.sin_family = AF_INET;
  address.sin_port = htons(PORT);
  address.sin_addr.s_addr = INADDR_ANY;
  if (bind(server, (struct sockaddr *)&address, sizeof address) < 0 || listen(server, 16) < 0) {
    perror("listen");
    return EXIT_FAILURE;
  }
  for (;;) {
    int client = accept(server, NULL, NULL);
    pthread_t thread;
    if (client >= 0 && pthread_create(&thread, NULL, answer, (void *)(long)client) == 0) pthread_detach(thread);
  }
}
