# syntax=docker/dockerfile:1

# runtime is the image that ships
FROM node:26-trixie-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    PORT=8080
COPY --link package.json server.js ./
USER 1000:1000
EXPOSE 8080 8125/udp 9100
# any status below 500 is healthy; bash opens connections by itself, so no curl is installed
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" -lt 500 ]"]
ENTRYPOINT ["node"]
CMD ["server.js"]
