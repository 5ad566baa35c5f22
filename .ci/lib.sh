# Shared by .ci/run, .ci/test, .ci/demo and .ci/soak: where the project is, and what a bare machine needs.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

need_swift() {
  if ! command -v swift >/dev/null 2>&1; then
    echo "swift not found: install Swift 6.2 or later (https://www.swift.org/install) and run this again" >&2
    exit 2
  fi
}

say() { printf '\n== %s\n' "$1"; }
