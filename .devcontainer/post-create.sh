#!/usr/bin/env bash
# Builds the project, and makes the .NET kernel known to Jupyter, for which VS Code's notebooks need it too.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet bn.cs build
dotnet bn.cs jupyter || echo "The notebooks run without Jupyter's kernel, too: dotnet bn.cs run"
