#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "greeting.h"

typedef struct {
  uv_tcp_t handle;
  uv_write_t write;
  char in[2048];
  char out[512];
} client_t;

static void on_close(uv_handle_t *handle) { free(handle->data); }
static void on_written(uv_write_t *write, int status) {
  (void)status;
  uv_close((uv_handle_t *)write->handle, on_close);
}
static void on_alloc(uv_handle_t *handle, size_t size, uv_buf_t *buffer) {
  (void)size;
  client_t *client = handle->data;
  *buffer = uv_buf_init(client->in, sizeof client->in);
}
static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer) {
  (void)buffer;
  client_t *client = stream->data;
  if (length <= 0) {
    uv_close((uv_handle_t *)stream, on_close);
    return;
  }
  uv_read_stop(stream);
  const char *text = greeting(9);
  int size = snprintf(client->out, sizeof client->out,
                      "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", strlen(text), text);
  uv_buf_t out = uv_buf_init(client->out, (unsigned)size);
  uv_write(&client->write, stream, &out, 1, on_written);
}
static void on_connection(uv_stream_t *server, int status) {
  if (status < 0) return;
  client_t *client = calloc(1, sizeof *client);
  uv_tcp_init(server->loop, &client->handle);
  client->handle.data = client;
  if (uv_accept(server, (uv_stream_t *)&client->handle) == 0)
    uv_read_start((uv_stream_t *)&client->handle, on_alloc, on_read);
  else
    uv_close((uv_handle_t *)&client->handle, on_close);
}
static void on_signal(uv_signal_t *signal, int number) {
  (void)number;
  uv_stop(signal->loop);
}

int main(void) {
  uv_loop_t *loop = uv_default_loop();
  const char *port = getenv("PORT");
  struct sockaddr_in address;
  uv_ip4_addr("0.0.0.0", port ? atoi(port) : 3456, &address);
  uv_tcp_t server;
  uv_tcp_init(loop, &server);
  uv_tcp_bind(&server, (const struct sockaddr *)&address, 0);
  if (uv_listen((uv_stream_t *)&server, 128, on_connection) != 0) return 1;
  uv_signal_t term;
  uv_signal_init(loop, &term);
  uv_signal_start(&term, on_signal, SIGTERM);
  return uv_run(loop, UV_RUN_DEFAULT);
}
