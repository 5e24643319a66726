#!/usr/bin/env bash
# Starts a private PostgreSQL on loopback with its own folder; never the system's service. The user is "recordhub".
#   pg-up.sh FOLDER PORT
# Runs as the user postgres when root calls, because the server refuses to run as root. Stopped by pg-down.sh.
set -euo pipefail
mkdir -p "$1"
folder=$(cd "$1" && pwd)
port=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1)
[ -x "$bin/initdb" ] || { echo "postgresql is not installed" >&2; exit 3; }
as=()
if [ "$(id -u)" = 0 ]; then
  as=(runuser -u postgres --)
  chown postgres: "$folder"
  chmod 700 "$folder"
fi

cd /
if [ ! -f "$folder/data/PG_VERSION" ]; then
  printf %s "${RECORDHUB_POSTGRES_PASSWORD:-recordhub}" > "$folder/password"
  [ "$(id -u)" != 0 ] || chown postgres: "$folder/password"
  "${as[@]}" "$bin/initdb" -D "$folder/data" -U recordhub -A scram-sha-256 --pwfile="$folder/password" -E UTF8 \
    --locale=C.UTF-8 --data-checksums --no-sync < /dev/null > "$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
fi

# Without syncing: what is tested is us, not the disk. A killed server loses nothing all the same, as the system lives on.
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/server.log" -o "-p $port -c listen_addresses=127.0.0.1 \
  -c unix_socket_directories=$folder -c fsync=off -c full_page_writes=off \
  -c shared_buffers=64MB -c max_connections=200" start < /dev/null > "$folder/start.log" 2>&1 \
  || { tail -20 "$folder/start.log" "$folder/server.log" >&2; exit 1; }
