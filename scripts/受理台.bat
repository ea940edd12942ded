@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
set "PYTHONUTF8=1"
title 受理台（关掉这个窗口就停止）
set "PY=%~dp0..\.venv\Scripts\python.exe"
if not exist "%PY%" (
    echo 还没有安装。请先双击“安装.bat”。
    goto :wait
)
rem A desk that is open already is only shown again; the window may then close by itself.
"%PY%" -m tipclass serve && exit

:wait
echo.
pause
exit
