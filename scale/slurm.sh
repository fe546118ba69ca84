#!/bin/bash
# The evidence as a Slurm array, a shard a task. From the repository's folder, which the nodes share, and which is built:
#   sbatch --array=1-8 scale/slurm.sh [what `evidence` takes: names of studies, --seeds, --out]
#SBATCH --job-name=evidence
#SBATCH --array=1-8
#SBATCH --cpus-per-task=2
set -euo pipefail

if [[ $SLURM_ARRAY_TASK_MIN != 1 || $SLURM_ARRAY_TASK_COUNT != "$SLURM_ARRAY_TASK_MAX" ]]; then
    echo "Expected an array 1-N, but it has $SLURM_ARRAY_TASK_COUNT tasks from $SLURM_ARRAY_TASK_MIN to $SLURM_ARRAY_TASK_MAX. A shard that failed: submit 1-N again, what is finished is not repeated." >&2
    exit 2
fi
cd "$SLURM_SUBMIT_DIR" # Slurm runs a copy of this script that lies elsewhere
exec lib/BnNotebooks.Runner/bin/Release/net10.0/BnNotebooks.Runner evidence \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --workers "${SLURM_CPUS_PER_TASK:-1}" "$@"
