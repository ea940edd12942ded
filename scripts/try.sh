#!/bin/sh
# Make the environment and classify the samples into a workbook.
set -eu
cd "$(dirname "$0")/.."
EXTRAS=fast
. scripts/environment.sh
make_environment
.venv/bin/tipclass predict corpora/samples -o 样例_分类.xlsx
echo "结果工作簿：$(pwd)/样例_分类.xlsx"
