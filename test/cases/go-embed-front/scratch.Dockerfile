# syntax=docker/dockerfile:1

# pages builds the front end in ui
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS pages
WORKDIR /app
RUN --mount=type=bind,source=ui/package.json,target=package.json \
    --mount=type=bind,source=ui/package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund
COPY ui .
RUN npm run build

# build compiles the program: it runs on the builder's platform and cross-compiles
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0
ARG TARGETOS TARGETARCH
# the program for the health check: it connects to a port, given as a number or a variable, and requests the path
COPY <<'EOF' /health.go
package main

import (
  "cmp"
  "os"
  "strconv"
  "syscall"
)

func main() {
  port, _ := strconv.Atoi(cmp.Or(os.Getenv(os.Args[1]), os.Args[1]))
  s, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
  if err != nil || syscall.Connect(s, &syscall.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}) != nil {
    os.Exit(1)
  }
  if len(os.Args) > 2 {
    answer := make([]byte, 12)
    syscall.Write(s, []byte("GET "+os.Args[2]+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    n, _, _ := syscall.Recvfrom(s, answer, syscall.MSG_WAITALL)
    if n < 12 || answer[9] > '4' {
      os.Exit(1)
    }
  }
}
EOF

RUN --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w" -o /out/health /health.go
RUN --mount=type=bind,target=.,rw \
    --mount=type=bind,from=pages,source=/app/dist,target=ui/dist \
    --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/notes .

# rootfs collects the system files of the runtime image
FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS rootfs
WORKDIR /rootfs
RUN install --directory --mode=1777 tmp \
 && cp --parents --recursive /etc/ssl/certs/ca-certificates.crt . \
 && echo 'nonroot:x:65532:65532::/:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV PORT=8080
COPY --link --from=build /out/notes ./
COPY --link --from=build /out/health /usr/local/bin/health
USER 65532:65532
EXPOSE 8080
# a port that takes a connection is healthy; a small program asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["/usr/local/bin/health", "PORT"]
ENTRYPOINT ["/app/notes"]
