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
RUN --mount=type=bind,target=.,rw \
    --mount=type=cache,target=/root/.cache/pypoetry \
    pip --no-cache-dir --python /opt/venv install --no-deps .

# rootfs gathers what the image takes from Debian
FROM python:3.13-slim-trixie AS rootfs
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /rootfs
RUN install -D /usr/bin/tini-static ./usr/bin/tini

# runtime is the image that ships
FROM gcr.io/distroless/python3-debian13:nonroot AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
COPY --link --from=build /opt/venv /opt/venv
USER 65532:65532
EXPOSE 8888
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["python", "-c", "import http.client as h;c=h.HTTPConnection('127.0.0.1',8888,timeout=4);c.request('GET','/');raise SystemExit(c.getresponse().status>499)"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["flagmaker"]
