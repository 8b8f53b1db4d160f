# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own
FROM python:3.13-slim-trixie AS build
WORKDIR /app
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
# the environment is made for the path at which the runtime has its interpreter
RUN ln -s /usr/local/bin/python3.13 /usr/bin/python3.13 \
 && /usr/bin/python3.13 -m venv --without-pip /opt/venv
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
FROM gcr.io/distroless/python3-debian13:nonroot AS runtime
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
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["python", "-c", "import http.client as h;c=h.HTTPConnection('127.0.0.1',8000,timeout=4);c.request('GET','/');raise SystemExit(c.getresponse().status>499)"]
ENTRYPOINT ["uvicorn"]
CMD ["logbook.asgi:application", "--host", "0.0.0.0", "--port", "8000"]
