@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
set "PYTHONUTF8=1"
title 安装 tipclass
cd /d "%~dp0.."

set "PY="
for %%V in (3.13 3.12 3.11) do (
    if not defined PY py -%%V -c "pass" >nul 2>nul && set "PY=py -%%V"
)
if not defined PY (
    python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PY=python"
)
if not defined PY (
    echo 找不到 Python 3.11 或更新的版本。
    echo 请到 python.org 下载安装，安装时勾选“Add python.exe to PATH”，然后再运行一次。
    goto :end
)

if not exist ".venv\Scripts\python.exe" (
    echo 正在建立运行环境……
    %PY% -m venv ".venv" || goto :failed
)

if exist "wheels\" (
    echo 正在从 wheels 文件夹离线安装……
    ".venv\Scripts\python.exe" -m pip install --disable-pip-version-check --quiet --no-index --find-links "wheels" --require-hashes -r "wheels\requirements.lock" || goto :failed
    rem The same version may have been built anew.
    ".venv\Scripts\python.exe" -m pip install --disable-pip-version-check --quiet --no-index --find-links "wheels" --no-deps --force-reinstall "tipclass" || goto :failed
) else (
    echo 正在联网安装，需要几分钟……
    ".venv\Scripts\python.exe" -m pip install --disable-pip-version-check --quiet --require-hashes -r "scripts\requirements.lock" || goto :failed
    ".venv\Scripts\python.exe" -m pip install --disable-pip-version-check --quiet --no-deps "." || goto :failed
)
".venv\Scripts\python.exe" -m tipclass --version || goto :failed

rem The path goes to PowerShell in a variable: within its command an apostrophe or a space in it would count.
set "DESK=%~dp0受理台.bat"
powershell -NoProfile -ExecutionPolicy Bypass -Command "$desktop = [Environment]::GetFolderPath('Desktop'); $link = (New-Object -ComObject WScript.Shell).CreateShortcut((Join-Path $desktop '受理台.lnk')); $link.TargetPath = $env:DESK; $link.WorkingDirectory = Split-Path $env:DESK; $link.IconLocation = 'imageres.dll,84'; $link.Save()" >nul 2>nul
if errorlevel 1 (echo 桌面图标没有建成，可以直接双击 scripts 文件夹里的“受理台.bat”。) else (echo 桌面上有了“受理台”图标。)
echo.
echo 安装好了。双击桌面上的“受理台”，或者把要分类的表格拖到“分类.bat”图标上。
goto :end

:failed
echo.
echo 安装没有成功。请把上面的文字拍下来，交给维护人员。

:end
echo.
pause
