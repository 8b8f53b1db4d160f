# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own, and compiles what has no wheel
FROM python:3.13-slim-trixie AS build
WORKDIR /app
RUN apt-get update \
 && apt-get install --yes --no-install-recommends gcc libc6-dev libmariadb-dev libmariadb-dev-compat pkgconf \
 && rm -rf /var/lib/apt/lists/*
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
FROM python:3.13-slim-trixie AS runtime
# pip is not needed at run time
RUN pip uninstall --yes --root-user-action=ignore pip
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libmariadb3 tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
EXPOSE 8000
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8000 && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["waitress-serve", "--listen=0.0.0.0:8000", "register:app"]
