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
RUN --mount=type=bind,source=bot.py,target=bot.py \
    --mount=type=bind,source=bot.py.lock,target=bot.py.lock \
    --mount=type=cache,target=/root/.cache/uv \
    uv export --locked --script bot.py --output-file /tmp/requirements.txt \
 && uv pip install --requirement /tmp/requirements.txt
COPY . .
RUN python -m compileall -qq . || true

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
COPY --link --from=build /app .
USER 65532:65532
HEALTHCHECK NONE
# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["python", "bot.py"]
