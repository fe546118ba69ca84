#!/bin/bash
# The evidence by GNU parallel, a shard a process with one run at a time:
#   scale/parallel.sh N [what `evidence` takes: names of studies, --seeds, --out]
# On other machines too: PARALLEL='--sshloginfile machines' scale/parallel.sh N …
set -euo pipefail

if [[ ! ${1:-} =~ ^[1-9][0-9]*$ ]]; then
    echo "Expected how many shards, but it is '${1:-}': scale/parallel.sh N [options of evidence]" >&2
    exit 2
fi
shards=$1
shift
cd "$(dirname "$0")/.."
seq "$shards" | parallel --will-cite --line-buffer --quote --workdir "$PWD" \
    lib/BnNotebooks.Runner/bin/Release/net10.0/BnNotebooks.Runner evidence --shard "{}/$shards" --workers 1 "$@"
