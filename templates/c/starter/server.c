#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t stopped;

/* docker stop sends SIGTERM: finish what is being answered, then go */
static void stop(int number) {
  (void)number;
  stopped = 1;
}

static void answer(int client) {
  char request[2048];
  ssize_t length = read(client, request, sizeof request - 1);
  if (length <= 0) return;
  request[length] = '\0';
  const char *body = strncmp(request, "GET /healthz ", 13) == 0 ? "ok\n" : "Hello from my-service\n";
  dprintf(client, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
          strlen(body), body);
}

int main(void) {
  const char *given = getenv("PORT");
  int port = given != NULL ? atoi(given) : 8080;

  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  signal(SIGPIPE, SIG_IGN);

  int server = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_ANY)};
  if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 || listen(server, 64) != 0) {
    perror("my-service cannot listen");
    return 1;
  }
  printf("my-service listens on %d\n", port);
  fflush(stdout);

  while (!stopped) {
    int client = accept(server, NULL, NULL);
    if (client < 0) {
      if (errno == EINTR) continue;
      perror("my-service cannot accept");
      return 1;
    }
    answer(client);
    close(client);
  }
  close(server);
  return 0;
}
