#!/bin/sh
# Decides the records of generated people, a seed after the other, and writes the tables and cases of docs/identity.md.
# A record that is filed into another person's case fails it. CI runs two smaller seeds with the other tests.
#
#   tests/cohort.sh [SEEDS]     five seeds unless told otherwise, half a minute each or less
set -eu
cd "$(dirname "$0")/.."
RECORDHUB_COHORT_SEEDS="${1:-5}" RECORDHUB_COHORT_PEOPLE=3000 RECORDHUB_WRITE_IDENTITY_DOC=1 dotnet test tests/RecordHub.Core.Tests -c Release \
    --filter "FullyQualifiedName~CohortTests|FullyQualifiedName~IdentityDocumentTests" \
    --logger "console;verbosity=normal" </dev/null
