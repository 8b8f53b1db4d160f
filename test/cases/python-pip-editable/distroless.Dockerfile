# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own
FROM python:3.13-slim-trixie AS build
WORKDIR /app
# the environment is made for the path at which the runtime has its interpreter
RUN ln -s /usr/local/bin/python3.13 /usr/bin/python3.13 \
 && /usr/bin/python3.13 -m venv --without-pip /opt/venv
ENV VIRTUAL_ENV=/opt/venv \
    PATH=/opt/venv/bin:$PATH \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore
RUN --mount=type=bind,source=requirements.txt,target=requirements.txt \
    --mount=type=bind,source=constraints.txt,target=constraints.txt \
    --mount=type=cache,target=/root/.cache/pip \
    sed '2d' requirements.txt > .requirements.txt \
 && pip --python /opt/venv install --requirement .requirements.txt flask matplotlib \
 && rm .requirements.txt
RUN --mount=type=bind,target=.,rw \
    --mount=type=cache,target=/root/.cache/pip \
    pip --python /opt/venv install --no-deps .
COPY . .
RUN python -m compileall -qq . || true

# runtime is the image that ships
FROM gcr.io/distroless/python3-debian13:nonroot AS runtime
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    HOME=/tmp
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
EXPOSE 8000
# any status below 500 is healthy; the runtime asks, for there is no shell
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["python", "-c", "import http.client as h;c=h.HTTPConnection('127.0.0.1',8000,timeout=4);c.request('GET','/');raise SystemExit(c.getresponse().status>499)"]
ENTRYPOINT ["gunicorn"]
CMD ["plotter:create_app()", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
