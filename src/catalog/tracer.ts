/** What follows system calls of a container from beside it, in the same space of processes. Nothing of it is in the image. */
export const TRACER = {
  image: 'create-dockerfile-tracer',
  /**
   * The container holds the space of processes that the traced one joins, and follows the first process that comes: what
   * starts the program is there before its first call. Calls that fail are told, with their program and the folders that numbers stand for.
   * https://man7.org/linux/man-pages/man1/strace.1.html
   */
  dockerfile: `FROM debian:trixie-slim
RUN apt-get update && apt-get install --yes --no-install-recommends strace
COPY --chmod=755 <<'EOF' /follow
#!/bin/sh
while :; do
  for place in /proc/[0-9]*; do
    number=\${place#/proc/}
    [ "$number" -eq $$ ] || exec strace -f -qq -y -Y --always-show-pid -Z -s 300 -e trace=%file -e signal=none -p "$number"
  done
done
EOF
ENTRYPOINT ["/follow"]
`,
} as const;

/** What makes a container before its program is there, by its name. */
export const RUNTIMES = /^(?:runc|crun|youki|runsc|exe$|conmon)/;

/** Paths whose failures mean nothing, and why. */
export const HARMLESS: readonly (readonly [path: RegExp, why: string])[] = [
  [
    /^\/(?:proc|sys|dev)(?:\/|$)/,
    'what starts a container looks at the kernel, and runtimes at their limits',
  ],
  [/\/__pycache__(?:\/|$)/, 'Python keeps no bytecode where it cannot, and goes on'],
  [
    /^\/etc\/(?:ld\.so|nsswitch|gai\.conf|localtime|ssl\/openssl\.cnf)/,
    'the C library asks for what few systems have',
  ],
  [/^\/(?:root|home\/[^/]+)?\/?\.(?:cache|config|npm|local)(?:\/|$)/, 'a home folder that nobody has'],
];
