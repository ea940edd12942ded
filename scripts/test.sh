#!/bin/sh
# Make the environment and run the tests on all processors; arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
EXTRAS=fast,web,test
. scripts/environment.sh
make_environment
if ! command -v chromium >/dev/null 2>&1 || ! command -v chromedriver >/dev/null 2>&1; then
    echo "没有 chromium 和 chromedriver，浏览器里的测试这次跳过；安装后（Debian：apt install chromium chromium-driver）再运行一次。" >&2
fi
exec .venv/bin/python -m pytest -n auto --dist loadgroup "$@"
