#!/usr/bin/env bash
# Stops what rabbit-up.sh started, by its process ids.
#   rabbit-down.sh FOLDER
set -uo pipefail
folder=$1
launcher=$(cat "$folder/launcher.pid" 2> /dev/null) || exit 0
kill -TERM "$launcher" 2> /dev/null
for _ in $(seq 100); do
  kill -0 "$launcher" 2> /dev/null || break
  sleep 0.1
done
kill -KILL "$launcher" 2> /dev/null
kill "$(cat "$folder/epmd.pid")" 2> /dev/null
exit 0
