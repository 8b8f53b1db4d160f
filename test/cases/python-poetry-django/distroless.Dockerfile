# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own
FROM python:3.13-slim-trixie AS build
WORKDIR /app
# renovate: datasource=pypi depName=poetry
ENV POETRY_VERSION=2.5.1
RUN pip install --no-cache-dir --root-user-action=ignore poetry==$POETRY_VERSION
# the environment is made for the path at which the runtime has its interpreter
RUN ln -s /usr/local/bin/python3.13 /usr/bin/python3.13 \
 && /usr/bin/python3.13 -m venv --without-pip /opt/venv
ENV VIRTUAL_ENV=/opt/venv \
    PATH=/opt/venv/bin:$PATH \
    POETRY_NO_INTERACTION=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore
RUN --mount=type=bind,source=poetry.lock,target=poetry.lock \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=cache,target=/root/.cache/pypoetry \
    poetry sync --only main --no-root --no-directory --compile
COPY . .
RUN DJANGO_SETTINGS_MODULE=harbour.settings SECRET_KEY=build python manage.py collectstatic --noinput \
 && { python -m compileall -qq . || true; }

# runtime is the image that ships
FROM gcr.io/distroless/python3-debian13:nonroot AS runtime
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
EXPOSE 8000
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["python", "-c", "import http.client as h;c=h.HTTPConnection('127.0.0.1',8000,timeout=4);c.request('GET','/');raise SystemExit(c.getresponse().status>499)"]
ENTRYPOINT ["gunicorn"]
CMD ["harbour.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
