#!/usr/bin/env bash
# Feeds damaged PDUs, conversations, files, data sets, JSON, XML and text to their readers, and says what came of each.
#
# Every input follows from the seed and its number, so a failing one can be run again alone. With the real files beside the
# repository the inputs are made of them too.
#
#   tests/fuzz.sh [count, 1000000] [seed, today's date] [first number, 0]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export RECORDHUB_FUZZ_COUNT="${1:-1000000}" RECORDHUB_FUZZ_SEED="${2:-$(date +%Y%m%d)}" RECORDHUB_FUZZ_FIRST="${3:-0}"
project=tests/RecordHub.Dicom.Tests/RecordHub.Dicom.Tests.csproj

dotnet build "$project" -c Release -v quiet </dev/null
exec dotnet test "$project" -c Release --no-build --filter FullyQualifiedName~FuzzTests \
  --logger "console;verbosity=detailed" </dev/null
