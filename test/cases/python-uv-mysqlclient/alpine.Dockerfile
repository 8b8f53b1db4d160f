# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own, and compiles what has no wheel
FROM python:3.13-alpine AS build
WORKDIR /app
RUN apk add --no-cache gcc mariadb-connector-c-dev musl-dev pkgconf
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
RUN python -m venv --without-pip /opt/venv
ENV VIRTUAL_ENV=/opt/venv \
    PATH=/opt/venv/bin:$PATH \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never
RUN --mount=type=bind,source=uv.lock,target=uv.lock \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=cache,target=/root/.cache/uv \
    uv sync --active --locked --no-dev --no-install-project
COPY . .
RUN python -m compileall -qq . || true

# runtime is the image that ships
FROM python:3.13-alpine AS runtime
# pip is not needed at run time
RUN pip uninstall --yes --root-user-action=ignore pip
RUN apk add --no-cache mariadb-connector-c tini
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
EXPOSE 8000
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8000 -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["waitress-serve", "--listen=0.0.0.0:8000", "register:app"]
