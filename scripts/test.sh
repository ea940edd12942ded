#!/bin/sh
# Make the environment and run the tests; arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
EXTRAS=fast,test
. scripts/environment.sh
make_environment
.venv/bin/python -m pytest "$@"
