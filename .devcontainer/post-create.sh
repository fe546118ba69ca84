#!/usr/bin/env bash
# Builds the project, and registers the .NET kernel for Jupyter where both it and Jupyter can be had.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet bn.cs build

# dotnet-interactive was archived in 2026; its packages remain. Polyglot notebooks also work without it, in VS Code.
if dotnet tool restore; then
  if command -v jupyter >/dev/null; then
    dotnet tool run dotnet-interactive jupyter install
  else
    echo "Jupyter is not installed: open the notebooks in VS Code, or install it and run: dotnet tool run dotnet-interactive jupyter install"
  fi
else
  echo "dotnet-interactive could not be restored. 'dotnet bn.cs run' executes the notebooks without it."
fi
