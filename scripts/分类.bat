@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
set "PYTHONUTF8=1"
set "HERE=%~dp0"
set "PY=%~dp0..\.venv\Scripts\python.exe"
rem An exclamation mark in a path counts from here on, so that both were kept before.
setlocal EnableDelayedExpansion
rem The whole command line goes to dropped.py: cmd itself would split a path at an ampersand.
set "DROPPED=!cmdcmdline!"
title 线索分类
if not exist "!PY!" (
    echo 还没有安装。请先双击“安装.bat”。
) else (
    "!PY!" "!HERE!dropped.py"
)
echo.
pause
exit
