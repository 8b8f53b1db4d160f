# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own
FROM python:3.13-slim-trixie AS build
WORKDIR /app
# renovate: datasource=pypi depName=poetry
ENV POETRY_VERSION=2.5.1
RUN pip install --no-cache-dir --root-user-action=ignore poetry==$POETRY_VERSION
RUN python -m venv --without-pip /opt/venv
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

# runtime is the image that ships
FROM python:3.13-slim-trixie AS runtime
# pip is not needed at run time
RUN pip uninstall --yes --root-user-action=ignore pip
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
COPY --link --from=build /opt/venv /opt/venv
USER 65532:65532
EXPOSE 8888
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8888 && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["flagmaker"]
