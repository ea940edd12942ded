#!/bin/sh
# Make the environment and run the tests; arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
EXTRAS=fast,web,test
. scripts/environment.sh
make_environment
if command -v chromium >/dev/null 2>&1 && command -v chromedriver >/dev/null 2>&1; then
    exec .venv/bin/python -m pytest "$@"
fi
echo "没有 chromium 和 chromedriver，浏览器里的测试（标记 browser）这次不运行；安装后（Debian：apt install chromium chromium-driver）再运行一次。" >&2
exec .venv/bin/python -m pytest -m "not browser and not slow" "$@"
