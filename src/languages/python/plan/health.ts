/**
 * The image's own interpreter asks, in exec form. Any answer below 500 is alive: ALLOWED_HOSTS answers 400 to 127.0.0.1,
 * and what redirects to HTTPS answers 301.
 */
export function healthOf(health: string, port: number): readonly string[] | undefined {
  if (health === 'none') return undefined;
  const connect = `import socket; socket.create_connection(('127.0.0.1', ${port}), 4)`;
  const ask = `import http.client as h; c = h.HTTPConnection('127.0.0.1', ${port}, timeout=4); c.request('GET', '${health}'); raise SystemExit(c.getresponse().status >= 500)`;
  return ['python', '-c', health === 'tcp' ? connect : ask];
}
