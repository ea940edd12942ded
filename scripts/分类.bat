@echo off
setlocal EnableExtensions EnableDelayedExpansion
chcp 65001 >nul
set "PYTHONUTF8=1"
rem The whole command line goes to dropped.py: cmd itself would split a path at an ampersand.
set "DROPPED=!cmdcmdline!"
title 线索分类
set "PY=%~dp0..\.venv\Scripts\python.exe"
if not exist "!PY!" (
    echo 还没有安装。请先双击“安装.bat”。
) else (
    "!PY!" "%~dp0dropped.py"
)
echo.
pause
exit
