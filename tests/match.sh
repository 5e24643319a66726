#!/bin/sh
# How soon whom to compare is found among many Patients, on SQLite and on PostgreSQL: fails where p95 is above 20 ms.
# CI runs a few thousand with the other tests, without the clock.
#
#   tests/match.sh [PATIENTS]     1000000 unless told otherwise: a quarter of an hour, and a few GB below the folder for
#                                 temporary files
set -eu
cd "$(dirname "$0")/.."
RECORDHUB_MATCH_PATIENTS="${1:-1000000}" dotnet test tests/RecordHub.Storage.Tests -c Release \
    --filter "FullyQualifiedName~PatientKeyTests" --logger "console;verbosity=detailed" </dev/null
