#!/usr/bin/env bash
# The whole system beside its peers (Orthanc, DCMTK), one after the other on the same disk, in turns; medians and ratios.
#
#   tests/bench.sh [-n ROUNDS] [WHAT ...]     WHAT: store-512k store-27k nagle many big metadata import idle floor (all)
#   tests/bench.sh million                    a million small instances by C-STORE, and then some in turns with a store of few:
#                                             a quarter of an hour, 8 GB (RECORDHUB_BENCH_INSTANCES for others than a million)
#
# Prints one JSON line for each value as it is measured, and at the end one for each figure: the median of every peer and
# ours divided by it. Everything runs on loopback with folders of its own under $TMPDIR, and is stopped by process id.
# Needs DCMTK and Orthanc (tests/run.sh installs them on Debian). Nothing else should run on the machine meanwhile.
set -Eeuo pipefail
trap 'echo "bench.sh: line $LINENO failed: $BASH_COMMAND" >&2' ERR
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

rounds=5
if [ "${1:-}" = -n ]; then rounds=$2; shift 2; fi
what=("$@")
[ "${#what[@]}" -gt 0 ] || what=(floor store-512k store-27k nagle many big metadata import idle)

dotnet build RecordHub.sln -c Release -v quiet </dev/null >&2
bench=(dotnet "$PWD/artifacts/bin/RecordHub.Benchmarks/release/RecordHub.Benchmarks.dll")
work=$(mktemp -d "${TMPDIR:-/tmp}/recordhub-bench.XXXXXX")
values=$work/values.jsonl

# Ours as it is published.
case $(uname -m) in aarch64) runtime=linux-arm64 ;; *) runtime=linux-x64 ;; esac
dotnet publish src/RecordHub.Cli -c Release -r $runtime --self-contained --artifacts-path "$work/artifacts" -o "$work/hub" \
  -v quiet </dev/null >&2
rm -rf "$work/artifacts"
hub=("$work/hub/recordhub")
nodelay=1 # Empty only where the sender is to wait for acknowledgements.
http=18081 dicom=18082 peer_http=18083 peer_dicom=18084
data=$work/data
pid= other=

stop() { [ -z "$pid" ] || { kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; pid=; }; }
trap 'stop; pid=$other; stop; rm -rf "$work"' EXIT

# Names a figure, a peer and a value.
say() { printf '{"figure":"%s","peer":"%s","value":%s}\n' "$1" "$2" "$3" | tee -a "$values"; }
field() { sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p"; }
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.2f", b - a }'; }
fresh() { rm -rf "$data"; mkdir -p "$data"; }
until_port() { for _ in $(seq 600); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.05; done; echo "nothing listens on $1" >&2; exit 1; }
memory() { awk "/$1/ { print \$2 }" "/proc/$pid/status"; } # KiB

start_recordhub() {
  fresh
  : >"$work/hub.log" # Or the former one's "ready" is taken for this one's.
  RECORDHUB__Dicom__AcceptUnknownCallers=true "${hub[@]}" serve --data "$data" --http 127.0.0.1:$http \
    --dicom 127.0.0.1:$dicom ${2:+--roles "$2"} </dev/null >"$work/hub.log" 2>&1 & pid=$!
  until grep -q '^ready' "$work/hub.log"; do kill -0 "$pid"; sleep 0.02; done
  port=$dicom token=$(cat "$data/admin.token")
}

# Its doors alone: what files is another process, or comes later.
start_doors() { start_recordhub '' dicom,api; }

start_orthanc() {
  fresh
  cat >"$work/orthanc.json" <<JSON
{ "StorageDirectory": "$data", "HttpPort": $peer_http, "DicomPort": $peer_dicom, "RemoteAccessAllowed": false,
  "DicomAet": "RECORDHUB", "DicomAlwaysAllowStore": true, "SyncStorageArea": true, "StorageCompression": false,
  "UnknownSopClassAccepted": true, "Plugins": [$1] , "DicomWeb": { "Enable": true } }
JSON
  TCP_NODELAY=1 Orthanc "$work/orthanc.json" </dev/null >"$work/orthanc.log" 2>&1 & pid=$!
  port=$peer_dicom
  until_port $peer_dicom
}

start_storescp() {
  fresh
  ${nodelay:+env TCP_NODELAY=1} storescp --fork +B -pdu 131072 -od "$data" $peer_dicom </dev/null >"$work/storescp.log" 2>&1 & pid=$!
  port=$peer_dicom
  until_port $peer_dicom
}

orthanc_dicomweb() {
  local plugin
  plugin=$(find /usr/lib /usr/share/orthanc -name 'libOrthancDicomWeb.so*' 2>/dev/null | head -1)
  printf '"%s"' "$plugin"
}

# A case for the patient of the images, so that what comes is filed and indexed as well.
open_case() {
  "${hub[@]}" case create --server http://127.0.0.1:$http --token "$token" --specialty oncology --family Muster --given Erika \
    --birth-date 1964-08-12 --identifier 'urn:north|M1' --question '?' >/dev/null
}

# Until nothing waits to be filed.
settle() {
  until curl -sf -H "Authorization: Bearer $token" http://127.0.0.1:$http/metrics \
    | awk '/^recordhub_outbox_entries/ { left += $2 } END { exit left > 0 }'; do sleep 0.1; done
}

# Bytes that the process has allocated since it started.
allocated() {
  curl -sf -H "Authorization: Bearer $token" http://127.0.0.1:$http/metrics \
    | awk '/^dotnet_gc_heap_total_allocated_bytes_total/ { printf "%.0f", $2 }'
}

send() { "${bench[@]}" send --port "$port" "$@"; }

# One figure of durable receipt, after a fifth as many to warm up: name, instances, bytes, associations, more.
store() {
  local name=$1 count=$2 length=$3 associations=$4; shift 4
  for _ in $(seq "$rounds"); do
    for peer in recordhub doors orthanc storescp; do
      "start_$peer" ''
      [ "$peer" != recordhub ] || open_case
      send --count $((count / 5)) --length "$length" --associations "$associations" --first-study 900000 "$@" >/dev/null
      [ "$peer" != doors ] || before=$(allocated)
      say "$name" "$peer" "$(send --count "$count" --length "$length" --associations "$associations" "$@" | field PerSecond)"
      [ "$peer" != doors ] || say "allocated for a receipt of $length bytes, bytes" doors $((($(allocated) - before) / count))
      stop
    done
  done
}

for one in "${what[@]}"; do
  case $one in
    floor)
      for length in 524288 27648; do
        result=$("${bench[@]}" floor --folder "$work" --length "$length")
        say "disk: append and flush, $length bytes, per second" disk "$(field append <<<"$result")"
        say "disk: file and flush, $length bytes, per second" disk "$(field files <<<"$result")"
      done ;;
    store-512k) store "C-STORE, 512 KiB, 4 associations, per second" 5000 524288 4 ;;
    store-27k) store "C-STORE, 27 KiB, 4 associations, per second" 12000 27648 4 ;;
    nagle)
      nodelay=
      for _ in $(seq "$rounds"); do
        for peer in recordhub storescp; do
          "start_$peer" ''
          send --count 500 --associations 1 --length 524288 --first-study 900000 >/dev/null
          say "C-STORE from a sender with Nagle's algorithm, 512 KiB, per second" "$peer" \
            "$(send --count 100 --associations 1 --length 524288 --nagle | field PerSecond)"
          stop
        done
      done
      nodelay=1 ;;
    many)
      for _ in $(seq "$rounds"); do
        start_recordhub
        open_case
        send --count 800 --length 524288 --associations 4 --first-study 900000 >/dev/null
        say "C-STORE, 512 KiB, 200 associations, per second" "4 associations" "$(send --count 2000 --length 524288 --associations 4 | field PerSecond)"
        result=$(send --count 4000 --length 524288 --associations 200 --per-study 20 --first-study 5000)
        say "C-STORE, 512 KiB, 200 associations, per second" recordhub "$(field PerSecond <<<"$result")"
        say "C-STORE, 200 associations, failed" recordhub "$(field Failed <<<"$result")"
        stop
      done ;;
    million)
      length=2048 chunk=25000 instances=${RECORDHUB_BENCH_INSTANCES:-1000000}
      start_recordhub
      open_case
      for ((done = 0; done < instances; done += chunk)); do
        say "C-STORE, 2 KiB, up to $((done + chunk)) instances, per second" recordhub \
          "$(send --count $chunk --length $length --associations 4 --first-study $((done / 100)) | field PerSecond)"
      done
      other=$pid many=$dicom
      data=$work/few http=18085 dicom=18086
      start_recordhub
      open_case
      few=$dicom
      send --count $chunk --length $length --associations 4 >/dev/null
      for ((turn = 1; turn <= 9; turn++)); do
        for peer in recordhub "a store of $chunk"; do
          if [ "$peer" = recordhub ]; then port=$many; else port=$few; fi
          say "C-STORE, 2 KiB, into a store of $instances, per second" "$peer" \
            "$(send --count 5000 --length $length --associations 4 --first-study $((instances / 100 + turn * 50)) | field PerSecond)"
        done
      done
      stop
      pid=$other other=
      stop
      data=$work/data http=18081 dicom=18082 ;;
    big)
      "${bench[@]}" multiframe --path "$work/big.dcm" --mebibytes 1024
      for _ in $(seq "$rounds"); do
        for peer in recordhub orthanc; do
          "start_$peer" "$(orthanc_dicomweb)"
          [ "$peer" != recordhub ] || open_case
          send --count 20 --length 524288 --associations 1 --first-study 900000 >/dev/null
          before=$(memory VmHWM) began=$(now)
          TCP_NODELAY=1 dcmsend -aec RECORDHUB --max-send-pdu 131072 --no-uid-checks 127.0.0.1 "$port" "$work/big.dcm"
          say "1 GiB multi-frame in by C-STORE, seconds" "$peer" "$(since "$began")"
          if [ "$peer" = recordhub ]; then
            settle
            url=http://127.0.0.1:$http/dicomweb accept='multipart/related; type="application/octet-stream"'
            get=(get --token "$token") frames=200
          else
            url=http://127.0.0.1:$peer_http/dicom-web accept='multipart/related; type="application/octet-stream"'
            get=(get) frames=5 # It takes seconds for each.
          fi
          say "1 GiB multi-frame in by C-STORE, peak memory more than before, MiB" "$peer" $((($(memory VmHWM) - before) / 1024))
          url="$url/studies/2.25.713.1/series/2.25.713.1.1/instances/2.25.713/frames/700"
          say "one frame of 1 GiB, the first, ms" "$peer" \
            "$("${bench[@]}" "${get[@]}" --url "$url" --accept "$accept" --count 1 | field p95)"
          say "one frame of 1 GiB, p95, ms" "$peer" \
            "$("${bench[@]}" "${get[@]}" --url "$url" --accept "$accept" --count $frames | field p95)"
          stop
        done
      done
      rm -f "$work/big.dcm" ;;
    metadata)
      for _ in $(seq "$rounds"); do
        for peer in recordhub orthanc; do
          for series in 100 1000; do
            "start_$peer" "$(orthanc_dicomweb)"
            [ "$peer" != recordhub ] || open_case
            send --count "$series" --length 27648 --associations 1 --per-study 1000 >/dev/null
            if [ "$peer" = recordhub ]; then
              settle
              url=http://127.0.0.1:$http/dicomweb get=(get --token "$token")
            else
              url=http://127.0.0.1:$peer_http/dicom-web get=(get)
            fi
            study=2.25.7100000000000011
            url="$url/studies/$study/series/$study.1/metadata"
            "${bench[@]}" "${get[@]}" --url "$url" --accept application/dicom+json --count 10 >/dev/null
            result=$("${bench[@]}" "${get[@]}" --url "$url" --accept application/dicom+json --count 40)
            say "metadata of a series of $series, p50, ms" "$peer" "$(field p50 <<<"$result")"
            say "metadata of a series of $series, p95, ms" "$peer" "$(field p95 <<<"$result")"
            stop
          done
        done
      done ;;
    import)
      "${bench[@]}" files --folder "$work/files" --count 10000 --length 27648
      for _ in $(seq "$rounds"); do
        fresh
        began=$(now)
        "${hub[@]}" import "$work/files" --recursive --data "$data" --json >/dev/null 2>"$work/import.log" || true
        say "import of 10,000 files of 27 KiB, seconds" recordhub "$(since "$began")"
        start_orthanc ''
        say "import of 10,000 files of 27 KiB, seconds" orthanc \
          "$("${bench[@]}" post --url "http://127.0.0.1:$peer_http/instances" --folder "$work/files" --connections 4 | field seconds)"
        stop
      done
      rm -rf "$work/files" ;;
    idle)
      for _ in $(seq "$rounds"); do
        began=$(now)
        start_recordhub
        say "start to ready, seconds" recordhub "$(since "$began")"
        sleep 2
        say "idle memory, MiB" recordhub $(($(memory VmRSS) / 1024))
        stop
        began=$(now)
        start_orthanc ''
        say "start to ready, seconds" orthanc "$(since "$began")"
        sleep 2
        say "idle memory, MiB" orthanc $(($(memory VmRSS) / 1024))
        stop
      done ;;
    *) echo "unknown: $one" >&2; exit 64 ;;
  esac
done

"${bench[@]}" summarize --file "$values"
