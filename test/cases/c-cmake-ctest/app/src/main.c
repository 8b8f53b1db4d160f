#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "answer.h"

int main(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(8095), .sin_addr.s_addr = htonl(INADDR_ANY)};
  int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 || listen(server, 16) != 0) {
    perror("echo-date");
    return 1;
  }
  for (;;) {
    int client = accept(server, NULL, NULL);
    char request[1024] = "", path[256] = "/";
    if (read(client, request, sizeof request - 1) > 0) sscanf(request, "GET %255s", path);
    const char *body = answer_for(path);
    dprintf(client, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", strlen(body), body);
    close(client);
  }
}
