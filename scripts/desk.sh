#!/bin/sh
# Make the environment and open the intake desk in the browser; arguments go to `tipclass serve`.
set -eu
cd "$(dirname "$0")/.."
EXTRAS=fast,web
. scripts/environment.sh
make_environment
exec .venv/bin/tipclass serve "$@"
