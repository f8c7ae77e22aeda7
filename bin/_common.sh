# shellcheck shell=bash
# What bin/demo and bin/test share: steps with words, system packages, Python, the virtual environment.
# Sourced, never run. Works with the bash 3.2 of macOS.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV="$ROOT/.venv"
PANGO=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0)
STEP="" ADVICE=""

say() { printf '%s\n' "$*"; }

# step TITLE ADVICE: what is being done, and what a person can do when it fails.
step() {
  STEP=$1 ADVICE=$2
  printf '\n==> %s\n' "$STEP"
}

stop() {
  printf '\nStopped. %s\n' "$*" >&2
  trap - ERR
  exit 1
}

failed() {
  if [ "$BASH_SUBSHELL" -gt 0 ]; then exit 1; fi # the main shell will say it, once
  stop "This step failed: $STEP
What to do: $ADVICE"
}

trap failed ERR
set -Eeuo pipefail

has() { command -v "$1" >/dev/null 2>&1; }

# install_packages PACKAGE…: apt with the rights there are, Homebrew, or the exact line to run.
install_packages() {
  if [ "$(uname)" = Darwin ]; then
    has brew || stop "Homebrew is needed (https://brew.sh). Then run: brew install $*"
    brew install "$@"
    return
  fi
  local line="apt-get update && apt-get install -y --no-install-recommends $*" as=""
  has apt-get || stop "Please install the equivalents of these Debian packages, then run this again: $*"
  if [ "$(id -u)" != 0 ]; then
    if has sudo && sudo -n true 2>/dev/null; then
      as="sudo -n"
    elif has sudo && [ -t 0 ]; then
      as=sudo
      say "sudo may ask for your password, to install: $*"
    else
      if has sudo; then line="sudo sh -c '$line'"; fi
      stop "System packages are missing and installing them needs root. Run this as root, then start again:
  $line"
    fi
  fi
  say "Installing with apt: $*"
  $as apt-get update -qq
  $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

has_library() {
  case "$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)" in *"$1"*) return 0 ;; esac
  return 1
}

# A Python that the locked packages have wheels for, able to make virtual environments.
usable_python() {
  "$1" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
    2>/dev/null
}

# The distribution's own comes first: compiled with a profile of its use, it runs half as fast again as one
# that pyenv built without. (macOS keeps a stub there that offers to install something.)
find_python() {
  local name names=(python3 python3.13 python3.12 python3.11)
  [ "$(uname)" = Darwin ] || names=(/usr/bin/python3 "${names[@]}")
  for name in "${names[@]}"; do
    if has "$name" && usable_python "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

# ensure_system [PACKAGE…]: Python, the libraries that draw PDFs, and what else the caller misses.
ensure_system() {
  local missing=() package
  for package in "$@"; do [ -z "$package" ] || missing+=("$package"); done
  if [ "$(uname)" = Darwin ]; then
    brew list pango >/dev/null 2>&1 || missing+=(pango)
    find_python >/dev/null || missing+=(python@3.12)
  else
    if ! has_library libpangoft2-1.0.so.0 || ! has_library libharfbuzz-subset.so.0; then
      missing+=("${PANGO[@]}")
    fi
    find_python >/dev/null || missing+=(python3 python3-venv)
  fi
  if [ ${#missing[@]} -gt 0 ]; then install_packages "${missing[@]}"; fi
  find_python >/dev/null || stop "Python 3.11, 3.12 or 3.13 with its venv module is needed. \
This system offers $(python3 --version 2>/dev/null || echo none)."
  say "System packages are there; $("$(find_python)" --version)."
}

# ensure_venv LOCK: .venv holds what requirements/LOCK.txt says; pip runs only when that changed.
ensure_venv() {
  local lock="$ROOT/requirements/$1.txt" stamp="$VENV/.installed-$1" wanted total
  if ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
    say "Making the virtual environment .venv"
    "$(find_python)" -m venv --clear "$VENV"
  fi
  wanted="$(cksum <"$lock") $("$VENV/bin/python" --version)"
  if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    say "Python packages are up to date."
    return
  fi
  total=$(grep -c '==' "$lock")
  "$VENV/bin/python" -m pip install --disable-pip-version-check --progress-bar off \
    --require-hashes -r "$lock" | show_packages "$total"
  printf '%s' "$wanted" >"$stamp"
}

# One moving line on a terminal, one line for every ten packages elsewhere.
show_packages() {
  local total=$1 count=0 line
  while IFS= read -r line; do
    case $line in
      Collecting*) count=$((count + 1)) ;;
      Installing*) printf '  unpacking %s packages (about half a minute)\n' "$count" && continue ;;
      *) continue ;;
    esac
    if [ -t 1 ]; then
      printf '  fetching %s of at most %s: %-40.40s\r' "$count" "$total" "${line#Collecting }"
    elif [ $((count % 10)) = 0 ]; then
      printf '  fetching %s of at most %s\n' "$count" "$total"
    fi
  done
  say '  Python packages are installed.'
}
