#!/usr/bin/env bash
# Runs all tests and closes with one line: N passed, N failed, N skipped.
#
# The tests talk to real peers: DCMTK, Orthanc, dicom3tools, pydicom, poppler, Chromium, RabbitMQ, PostgreSQL, and npm clients.
# As root on Debian they are installed when they are missing (never started as system services). Without them, or without
# npm, the tests that need them are skipped by name; with CI=true a missing peer is an error.
#
#   tests/run.sh [--no-build] [dotnet test arguments, such as --filter Name~Importer]
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

note() { printf '%s\n' "$*" >&2; }

peers=(dcmtk orthanc orthanc-dicomweb dicom3tools genisoimage python3-pydicom poppler-utils chromium rabbitmq-server postgresql)

missing_peers() {
  local peer
  for peer in "${peers[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$peer" 2>/dev/null)" = "ii " ] || echo "$peer"
  done
}

install_peers() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || { note "No apt-get here: tests with peers that are not installed will be skipped."; return; }
  local missing policy=/usr/sbin/policy-rc.d placed=
  mapfile -t missing < <(missing_peers)
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    note "Not installed, and not root to install them: ${missing[*]}"
    return
  fi
  note "Installing: ${missing[*]}"
  # While this file says 101, no package starts a service of its own.
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod 755 "$policy" && placed=1
  fi
  { DEBIAN_FRONTEND=noninteractive apt-get update -q &&
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"; } >&2 \
    || note "apt-get did not succeed; tests of what is missing will be skipped or fail."
  [ -z "$placed" ] || rm -f "$policy"
}

install_clients() {
  command -v npm >/dev/null || { note "No npm here: tests with npm clients will be skipped."; return; }
  [ -d tests/clients/node_modules ] && [ tests/clients/node_modules -nt tests/clients/package-lock.json ] && return
  (cd tests/clients && npm ci --no-audit --no-fund --loglevel=error && touch node_modules) >&2 \
    || note "npm ci did not succeed; tests with npm clients will be skipped or fail."
}

build=1
arguments=()
for argument in "$@"; do
  case $argument in
    --no-build) build=0 ;;
    *) arguments+=("$argument") ;;
  esac
done

install_peers
install_clients
if [ "$build" = 1 ]; then
  dotnet build RecordHub.sln -c Release -v quiet >&2 || { note "The build failed."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  grep -q '<IsTestProject>true</IsTestProject>' "$project" || continue
  note "== $name"
  dotnet test "$project" -c Release --no-build --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" ${arguments[@]+"${arguments[@]}"} </dev/null >&2 || status=1
done

# The counters of each project's result file; a skipped test is one that was not executed.
passed=0 failed=0 skipped=0
for file in "$results"/*.trx; do
  [ -e "$file" ] || continue
  counters=$(grep -o '<Counters [^>]*' "$file" | head -n 1)
  value() { local v; v=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"); echo "${v:-0}"; }
  total=$(value total) p=$(value passed) f=$(value failed)
  errors=$(( $(value error) + $(value timeout) + $(value aborted) ))
  passed=$((passed + p)) failed=$((failed + f + errors)) skipped=$((skipped + total - p - f - errors))
done
# A project that died has no counters to count: it is one failure.
[ "$status" = 0 ] || [ "$failed" -gt 0 ] || failed=1

names=$(sed -n 's/.*testName="\([^"]*\)".*outcome="NotExecuted".*/\1/p' "$results"/*.trx 2>/dev/null | sort)
[ -z "$names" ] || note "Skipped:"$'\n'"$names"
cd "$root"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
