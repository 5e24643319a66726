#!/usr/bin/env bash
# Stops what pg-up.sh started, by its process id.
#   pg-down.sh FOLDER [SIGNAL]
# INT disconnects everybody and stops; QUIT is the end that a power cut makes.
set -uo pipefail
server=$(head -n 1 "$1/data/postmaster.pid" 2> /dev/null) || exit 0
kill -"${2:-INT}" "$server" 2> /dev/null
for _ in $(seq 300); do
  kill -0 "$server" 2> /dev/null || exit 0
  sleep 0.1
done
kill -KILL "$server" 2> /dev/null
exit 0
