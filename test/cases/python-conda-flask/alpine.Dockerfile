# syntax=docker/dockerfile:1

# build installs the packages into an environment of their own
FROM python:3.12-alpine AS build
WORKDIR /app
RUN python -m venv --without-pip /opt/venv
ENV VIRTUAL_ENV=/opt/venv \
    PATH=/opt/venv/bin:$PATH \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore
RUN --mount=type=cache,target=/root/.cache/pip \
    pip --python /opt/venv install 'flask==3.1.*' 'numpy==2.2.*' gunicorn==23.0.0
COPY . .
RUN python -m compileall -qq . || true

# runtime is the image that ships
FROM python:3.12-alpine AS runtime
# pip is not needed at run time
RUN pip uninstall --yes --root-user-action=ignore pip
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp
COPY --link --from=build /opt/venv /opt/venv
COPY --link --from=build /app .
USER 65532:65532
EXPOSE 8000
# any status below 500 is healthy; BusyBox asks, so nothing is installed for it
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["sh", "-c", "busybox nc 127.0.0.1 8000 -e sh -c 'printf \"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" && read -r _ status _ && [ \"$status\" -lt 500 ]'"]
ENTRYPOINT ["gunicorn"]
CMD ["app:app", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
