#!/bin/sh
# How soon whom to compare is found among many Patients, on SQLite and on PostgreSQL: fails where p95 is above 20 ms. Then
# how long a record takes to be filed by name and birth date among many open cases.
# CI runs a few thousand with the other tests, without the clock.
#
#   tests/match.sh [PATIENTS [CASES]]   1000000 and 100000 unless told otherwise: half an hour, and a few GB below the folder
#                                       for temporary files
set -eu
cd "$(dirname "$0")/.."
RECORDHUB_MATCH_PATIENTS="${1:-1000000}" RECORDHUB_FILING_CASES="${2:-100000}" dotnet test tests/RecordHub.Storage.Tests -c Release \
    --filter "FullyQualifiedName~PatientKeyTests|FullyQualifiedName~FilingCostTests" --logger "console;verbosity=detailed" </dev/null
