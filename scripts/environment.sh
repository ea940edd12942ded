# Sourced by the other scripts, from the repository's root: makes .venv and installs this package with what is locked for
# the extras named in $EXTRAS. A second run installs only when pyproject.toml, the lock or the extras have changed.

find_python() {
    for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "找不到 Python 3.11 或更新的版本。请先安装，例如：apt install python3 python3-venv（Debian、Ubuntu），dnf install python3（Fedora），brew install python（macOS）。" >&2
    exit 3
}

make_environment() {
    python=$(find_python) || exit 3
    stamp=".venv/installed"
    case "$EXTRAS" in *test*) lock=scripts/requirements-test.lock ;; *) lock=scripts/requirements.lock ;; esac
    wanted="$EXTRAS $(cat pyproject.toml "$lock" | cksum)"
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi
    if [ ! -x .venv/bin/python ]; then
        if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
            echo "这台机器的 Python 缺少 venv。请先安装，例如：apt install python3-venv（Debian、Ubuntu），然后再运行一次。" >&2
            exit 3
        fi
        "$python" -m venv .venv
    fi
    echo "正在安装，第一次需要几分钟……" >&2
    # Output is shown only when something goes wrong.
    pip=".venv/bin/python -m pip install --disable-pip-version-check --quiet"
    if ! { $pip --require-hashes -r "$lock" && $pip --no-deps -e .; } >.venv/install.log 2>&1; then
        cat .venv/install.log >&2
        echo "安装没有成功，原因见上。请检查网络，或用离线安装（见 README）。" >&2
        exit 1
    fi
    echo "$wanted" >"$stamp"
}
