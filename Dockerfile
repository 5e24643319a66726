# The one executable on plain Debian, run as nobody in particular. Data goes to /data. Publish it first:
#   dotnet publish src/RecordHub.Cli -c Release -r linux-x64 --self-contained -o artifacts/image
#   docker compose up --build
FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libstdc++6 zlib1g \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 1654 --no-create-home recordhub \
 && mkdir -m 700 /data && chown recordhub /data
COPY artifacts/image /app
USER recordhub
VOLUME /data
EXPOSE 8080 11112
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3"]
ENTRYPOINT ["/app/recordhub"]
CMD ["serve", "--data", "/data", "--http", "0.0.0.0:8080", "--dicom", "0.0.0.0:11112"]
