#!/usr/bin/env bash
# What 1, 2 and 4 workers get done on RabbitMQ and PostgreSQL, how soon an instance that a door took can be found, and
# whether the last of many instances are filed as fast as the first. Prints a line of JSON for each figure.
#
#   tests/scale.sh [items, 4000] [most workers, 4] [instances, 100000]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export RECORDHUB_SCALE_ITEMS="${1:-4000}" RECORDHUB_SCALE_WORKERS="${2:-4}" RECORDHUB_DECAY_INSTANCES="${3:-100000}"
project=tests/RecordHub.Interop.Tests/RecordHub.Interop.Tests.csproj

dotnet build "$project" -c Release -v quiet </dev/null
exec dotnet test "$project" -c Release --no-build --filter "FullyQualifiedName~ScaleTests|FullyQualifiedName~DecayTests" \
  --logger "console;verbosity=detailed" </dev/null
