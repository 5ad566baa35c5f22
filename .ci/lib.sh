# Shared by .ci/run, .ci/test, .ci/demo and .ci/soak: where the project is, and what a bare machine needs.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# Package.swift: the targets that match are optimized in a debug build too, so that tests end soon.
export MATCHER_OPTIMIZED=1

need_swift() {
  if ! command -v swift >/dev/null 2>&1; then
    echo "swift not found: install Swift 6.2 or later (https://www.swift.org/install) and run this again" >&2
    exit 2
  fi
}

say() { printf '\n== %s\n' "$1"; }

# Installs the Debian packages that are not there; needs apt only then.
need_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null 2>&1 || { echo "please install: ${missing[*]}" >&2; exit 2; }
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# What the build needs beyond Swift: zlib for .xlsx and .docx, SQLite for the ledger, OpenSSL for digests, libsodium for passwords.
need_libraries() {
  command -v dpkg-query >/dev/null 2>&1 || return 0
  need_packages zlib1g-dev libsqlite3-dev libssl-dev libsodium-dev
}

# The release build of products; .ci/run has made all there is when its soaks ask.
release() {
  [ -z "${ALL_IS_BUILT:-}" ] || return 0
  local product
  for product in "$@"; do swift build -c release --product "$product" >&2; done
}
