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
RUN --mount=type=bind,source=uv.lock,target=uv.lock \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=cache,target=/root/.cache/uv \
    --mount=type=secret,id=UV_INDEX_HARBOUR_USERNAME,env=UV_INDEX_HARBOUR_USERNAME \
    --mount=type=secret,id=UV_INDEX_HARBOUR_PASSWORD,env=UV_INDEX_HARBOUR_PASSWORD \
    uv sync --active --locked --no-dev --no-install-project
COPY . .
RUN python -m compileall -qq . || true

# rootfs gathers what the image takes from Debian
FROM python:3.14-slim-trixie AS rootfs
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /rootfs
# the interpreter and its standard library, compiled anew, without what only development uses
RUN cp --parents --recursive --no-dereference /usr/local/bin/python /usr/local/bin/python3.14 /usr/local/bin/python3 /usr/local/lib/libpython3.14.so.1.0 /usr/local/lib/python3.14 . \
 && rm -rf usr/local/lib/python3.14/{config-*,ensurepip,idlelib,lib-dynload/_tkinter*,pydoc_data,site-packages,test,tkinter,turtledemo} \
 && find ./usr/local/lib/python3.14 -name '*.pyc' -delete \
 && python -m compileall -q -s /rootfs -p / ./usr/local/lib/python3.14
# the shared libraries that all of it loads, but those that the image has
RUN --mount=type=bind,from=build,source=/opt/venv,target=/opt/venv \
    find /usr/local/bin/python3.14 /usr/local/lib /opt/venv/lib -type f \( -name '*.so*' -o -path '*/bin/python3.*' \) -exec ldd {} \; \
    | grep --only-matching --extended-regexp '\s/(usr/)?lib\S+' \
    | sed --regexp-extended 's,^\s+/lib/([^/]+/),/usr/lib/\1,' \
    | sort --unique \
    | { grep --invert-match --extended-regexp '/(ld-linux[^/]*|lib(c|m|dl|rt|util|pthread|resolv|gcc_s|stdc\+\+|gomp|ssl|crypto|z|zstd)\.so[.0-9]*)$' || true; } \
    | xargs --no-run-if-empty cp --parents --dereference --target-directory=.

# runtime is the image that ships
FROM gcr.io/distroless/cc-debian13:nonroot AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
EXPOSE 8765
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["python", "-c", "import http.client as h;c=h.HTTPConnection('127.0.0.1',8765,timeout=4);c.request('GET','/');raise SystemExit(c.getresponse().status>499)"]
ENTRYPOINT ["python"]
CMD ["main.py"]
