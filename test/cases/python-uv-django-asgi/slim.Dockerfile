# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own
FROM python:3.13-slim-trixie AS build
WORKDIR /app
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
RUN DJANGO_SETTINGS_MODULE=logbook.settings.production DJANGO_SECRET_KEY=build python backend/manage.py collectstatic --noinput \
 && { python -m compileall -qq . || true; }

# links holds symbolic links in place of the files that the program writes beside itself
FROM --platform=$BUILDPLATFORM python:3.13-slim-trixie AS links
RUN mkdir -p /links/app/backend \
 && ln -s /data/db.sqlite3 /links/app/backend/db.sqlite3

# runtime is the image that ships
FROM python:3.13-slim-trixie AS runtime
# pip is not needed at run time
RUN pip uninstall --yes --root-user-action=ignore pip
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONPATH=/app/backend
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
COPY --link --from=links /links /
USER 65532:65532
# the user owns these folders: mount volumes there
WORKDIR /app/backend/media
WORKDIR /data
WORKDIR /app
EXPOSE 8000
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8000 && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["uvicorn"]
CMD ["logbook.asgi:application", "--host", "0.0.0.0", "--port", "8000"]
