#!/usr/bin/env bash
# script/bench http [--seconds S] [--connections N] [--core C] [--port P]
# A register of 100,000 records served over HTTP; the server and the client that asks share one core.
# Then the demo zones: how long the server takes to start, and its memory while nobody asks.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() {
  sed -n '2,4s/^# //p' "$0" >&2
  exit 2
}
seconds=5 connections=32 core=0 port=9290
while [ $# -gt 0 ]; do
  [ $# -gt 1 ] || usage
  case $1 in
    --seconds) seconds=$2 ;;
    --connections) connections=$2 ;;
    --core) core=$2 ;;
    --port) port=$2 ;;
    *) usage ;;
  esac
  shift 2
done

script/setup
script/build release wutong
script/build release http_bench
wutong=build/release/wutong
bench=build/release/http_bench
work=build/bench/http
rm -rf "$work"
mkdir -p "$work"

server=''
stop() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || true; }
  server=''
}
trap stop EXIT
serve() { # DIR: on the core; says how long it took until it answered
  local began
  began=$(date +%s%N)
  taskset -c "$core" "$wutong" serve --data "$1" --port "$port" >"$work/server.log" 2>&1 &
  server=$!
  "$bench" wait "$1"
  started_ms=$((($(date +%s%N) - began) / 1000000))
}
resident_mib() { awk '/^VmRSS/ {printf "%.0f", $2 / 1024}' "/proc/$server/status"; }

"$bench" make "$work/data"
serve "$work/data"
echo "100,000 records; client and server on core $core; $connections connections, $seconds s each; $(uname -m)"
taskset -c "$core" "$bench" load "$work/data" "$seconds" "$connections"
echo "start with 100,000 records: $started_ms ms; resident after the load: $(resident_mib) MiB"
stop

"$wutong" demo --once --data "$work/demo" >"$work/demo.log" 2>&1 || true
serve "$work/demo"
sleep 1
echo "start with the demo zones: $started_ms ms; resident while idle: $(resident_mib) MiB"
stop
