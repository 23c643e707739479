#!/usr/bin/env bash
# script/bench live [--seconds S] [--streams N] [--rate R] [--core C] [--port P]
# N streams of live events are read while R changes a second are written. The server runs on core C, the
# client, which is one thread, wherever it finds room.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() {
  sed -n '2,4s/^# //p' "$0" >&2
  exit 2
}
seconds=10 streams=1000 rate=2000 core=0 port=9291
while [ $# -gt 0 ]; do
  [ $# -gt 1 ] || usage
  case $1 in
    --seconds) seconds=$2 ;;
    --streams) streams=$2 ;;
    --rate) rate=$2 ;;
    --core) core=$2 ;;
    --port) port=$2 ;;
    *) usage ;;
  esac
  shift 2
done

script/setup
script/build release wutong
script/build release http_bench
work=build/bench/live
rm -rf "$work"
mkdir -p "$work"
ulimit -n "$(ulimit -H -n)"
build/release/http_bench make "$work/data"
taskset -c "$core" build/release/wutong serve --data "$work/data" --port "$port" >"$work/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null && wait "$server" || true' EXIT
build/release/http_bench wait "$work/data"
build/release/http_bench live "$work/data" "$seconds" "$streams" "$rate"
awk '/^VmRSS/ {printf "resident after it: %.0f MiB\n", $2 / 1024}' "/proc/$server/status"
awk '{printf "processor time of the server: %.1f s\n", ($14 + $15) / 100}' "/proc/$server/stat"
