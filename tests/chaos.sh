#!/usr/bin/env bash
# Two doors and two workers on RabbitMQ, PostgreSQL and S3: 2,000 instances and 200 documents come while processes are
# killed, RabbitMQ is away for 60 s, PostgreSQL and S3 for 20 s each, and what waits for S3 is full. Counts are printed for
# each seed; what a seed does follows from it.
#
#   tests/chaos.sh [seeds, 20] [first seed, 1]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export RECORDHUB_CHAOS_WHOLE=1 RECORDHUB_CHAOS_SEEDS="${1:-20}" RECORDHUB_CHAOS_FIRST="${2:-1}"
project=tests/RecordHub.Interop.Tests/RecordHub.Interop.Tests.csproj

dotnet build "$project" -c Release -v quiet </dev/null
exec dotnet test "$project" -c Release --no-build --filter FullyQualifiedName~ChaosTests \
  --logger "console;verbosity=detailed" </dev/null
