# Builds the one executable, and runs it as nobody in particular. Data goes to /data.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet restore src/RecordHub.Cli/RecordHub.Cli.csproj --locked-mode \
 && dotnet publish src/RecordHub.Cli/RecordHub.Cli.csproj -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
VOLUME /data
EXPOSE 8080 11112
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3"]
ENTRYPOINT ["dotnet", "recordhub.dll"]
CMD ["serve", "--data", "/data", "--http", "0.0.0.0:8080", "--dicom", "0.0.0.0:11112"]
