# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own
FROM python:3.14-slim-trixie AS build
WORKDIR /app
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
RUN python -m venv --without-pip /opt/venv
ENV VIRTUAL_ENV=/opt/venv \
    PATH=/opt/venv/bin:$PATH \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never
RUN --mount=type=bind,source=pylock.toml,target=pylock.toml \
    --mount=type=cache,target=/root/.cache/uv \
    uv pip sync pylock.toml
COPY . .
RUN python -m compileall -qq . || true

# runtime is the image that ships
FROM python:3.14-slim-trixie AS runtime
# pip is not needed at run time
RUN pip uninstall --yes --root-user-action=ignore pip
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
EXPOSE 8040
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8040 && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["gunicorn"]
CMD ["barometer.app:app", "--bind", "0.0.0.0:8040", "--worker-tmp-dir", "/dev/shm"]
