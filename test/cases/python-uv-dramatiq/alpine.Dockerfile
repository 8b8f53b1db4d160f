# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own
FROM python:3.12-alpine AS build
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
RUN python -m compileall -qq . || true

# runtime is the image that ships
FROM python:3.12-alpine AS runtime
# pip is not needed at run time
RUN pip uninstall --yes --root-user-action=ignore pip
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
HEALTHCHECK NONE
ENTRYPOINT ["dramatiq"]
CMD ["tasks"]
