# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own
FROM python:3.12-slim-trixie AS build
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

# rootfs gathers what the image takes from Debian
FROM python:3.12-slim-trixie AS rootfs
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /rootfs
RUN install --directory --mode=1777 tmp \
 && cp --parents --recursive /etc/ssl/certs/ca-certificates.crt /etc/nsswitch.conf /usr/share/zoneinfo . \
 && echo 'nonroot:x:65532:65532::/tmp:/sbin/nologin' > etc/passwd \
 && echo 'nonroot:x:65532:' > etc/group
# the interpreter and its standard library, compiled anew, without what only development uses
RUN cp --parents --recursive --no-dereference /usr/local/bin/python /usr/local/bin/python3.12 /usr/local/bin/python3 /usr/local/lib/libpython3.12.so.1.0 /usr/local/lib/python3.12 . \
 && rm -rf usr/local/lib/python3.12/{config-*,ensurepip,idlelib,lib-dynload/_tkinter*,pydoc_data,site-packages,test,tkinter,turtledemo} \
 && find ./usr/local/lib/python3.12 -name '*.pyc' -delete \
 && python -m compileall -q -s /rootfs -p / ./usr/local/lib/python3.12
# the shared libraries that all of it loads
RUN --mount=type=bind,from=build,source=/opt/venv,target=/opt/venv \
    find /usr/local/bin/python3.12 /usr/local/lib /opt/venv/lib -type f \( -name '*.so*' -o -path '*/bin/python3.*' \) -exec ldd {} \; \
    | grep --only-matching --extended-regexp '\s/(usr/)?lib\S+' \
    | sed --regexp-extended 's,^\s+/lib/([^/]+/),/usr/lib/\1,' \
    | sort --unique \
    | xargs --no-run-if-empty cp --parents --dereference --target-directory=.

# runtime is the image that ships
FROM scratch AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
HEALTHCHECK NONE
ENTRYPOINT ["dramatiq"]
CMD ["tasks"]
