# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own, and compiles what has no wheel
FROM python:3.13-slim-trixie AS build
WORKDIR /app
RUN apt-get update \
 && apt-get install --yes --no-install-recommends gcc libc6-dev libpcre2-dev \
 && rm -rf /var/lib/apt/lists/*
# the environment is made for the path at which the runtime has its interpreter
RUN ln -s /usr/local/bin/python3.13 /usr/bin/python3.13 \
 && /usr/bin/python3.13 -m venv --without-pip /opt/venv
ENV VIRTUAL_ENV=/opt/venv \
    PATH=/opt/venv/bin:$PATH \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore
RUN --mount=type=bind,source=requirements.txt,target=requirements.txt \
    --mount=type=cache,target=/root/.cache/pip \
    pip --python /opt/venv install --requirement requirements.txt
COPY . .
RUN python -m compileall -qq . || true

# rootfs gathers what the image takes from Debian
FROM python:3.13-slim-trixie AS rootfs
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpcre2-8-0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /rootfs
# the shared libraries that all of it loads, but those that the image has
RUN --mount=type=bind,from=build,source=/opt/venv,target=/opt/venv \
    find /opt/venv/lib -type f \( -name '*.so*' -o -path '*/bin/python3.*' \) -exec ldd {} \; \
    | grep --only-matching --extended-regexp '\s/(usr/)?lib\S+' \
    | sed --regexp-extended 's,^\s+/lib/([^/]+/),/usr/lib/\1,' \
    | sort --unique \
    | { grep --invert-match --extended-regexp '/(ld-linux[^/]*|lib(c|m|dl|rt|util|pthread|resolv|gcc_s|stdc\+\+|gomp|ssl|crypto|z|zstd)\.so[.0-9]*)$' || true; } \
    | xargs --no-run-if-empty cp --parents --dereference --target-directory=.

# runtime is the image that ships
FROM gcr.io/distroless/python3-debian13:nonroot AS runtime
COPY --link --from=rootfs /rootfs /
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
EXPOSE 8077
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["python", "-c", "import http.client as h;c=h.HTTPConnection('127.0.0.1',8077,timeout=4);c.request('GET','/');raise SystemExit(c.getresponse().status>499)"]
ENTRYPOINT ["uwsgi"]
CMD ["--die-on-term", "--ini", "uwsgi.ini"]
