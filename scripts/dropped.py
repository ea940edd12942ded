"""Classify what was dropped on 分类.bat.

Explorer quotes a dropped path only where it holds a space, so cmd would split others at an ampersand; the batch file
hands over its whole command line instead, in the environment variable DROPPED.
"""

import os
import re
import sys
from pathlib import Path

ARGUMENT = re.compile(r'"([^"]*)"|(\S+)')


def dropped_paths(command_line: str) -> list[str]:
    r"""Return the paths behind the batch file's own name.

    >>> dropped_paths(r'cmd.exe /c ""D:\工具 1\分类.bat" D:\甲&乙.xlsx "D:\丙 丁.csv""')
    ['D:\\甲&乙.xlsx', 'D:\\丙 丁.csv']
    """
    behind = re.split(r'\.bat"?', command_line, maxsplit=1, flags=re.IGNORECASE)[1:]
    # cmd wraps the whole line in one more pair of quotes.
    arguments = behind[0].removesuffix('"') if behind and behind[0].count('"') % 2 else "".join(behind)
    return [quoted or plain for quoted, plain in ARGUMENT.findall(arguments)]


def main() -> int:
    """Classify each path by itself; every result lies beside its input."""
    from tipclass.cli import main as tipclass

    paths = dropped_paths(os.environ.get("DROPPED", "")) or sys.argv[1:]
    if not paths:
        print("请把要分类的表格、文档或文件夹拖到“分类.bat”图标上。")
        return 2
    worst = 0
    for path in paths:
        print(f"\n== {Path(path).name}")
        sys.argv = ["tipclass", "predict", path]
        try:
            tipclass()
        except SystemExit as leaving:
            worst = max(worst, int(leaving.code or 0))
    return worst


if __name__ == "__main__":
    sys.exit(main())
