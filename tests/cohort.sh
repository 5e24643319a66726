#!/bin/sh
# Decides the records of generated people, a seed after the other, and writes the table of docs/identity.md.
# A record that is filed into another person's case fails it. CI runs one seed of it with the other tests.
#
#   tests/cohort.sh [SEEDS]     five seeds unless told otherwise, about ten seconds each
set -eu
cd "$(dirname "$0")/.."
table=$(mktemp)
trap 'rm -f "$table"' EXIT
RECORDHUB_COHORT_SEEDS="${1:-5}" RECORDHUB_COHORT_TABLE="$table" dotnet test tests/RecordHub.Core.Tests -c Release \
    --filter "FullyQualifiedName~CohortTests" --logger "console;verbosity=detailed" </dev/null
awk -v table="$table" '
    /<!-- cohort -->/ { print; print ""; while ((getline line < table) > 0) print line; print ""; skip = 1; next }
    /<!-- end of cohort -->/ { skip = 0 }
    !skip { print }' docs/identity.md > "$table.md"
mv "$table.md" docs/identity.md
