#!/usr/bin/env bash
# Sends the first 64 objects of a new patient at once, again and again: one patient and one study each time.
#
#   tests/first-objects.sh [rounds, 200]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 RECORDHUB_FIRST_OBJECT_ROUNDS="${1:-200}"
project=tests/RecordHub.Interop.Tests/RecordHub.Interop.Tests.csproj

dotnet build "$project" -c Release -v quiet </dev/null
exec dotnet test "$project" -c Release --no-build --filter Name~Two_first_objects \
  --logger "console;verbosity=detailed" </dev/null
