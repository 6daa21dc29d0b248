@echo off
rem The command extract-desk of Windows. The app is no console program: inside a script, and with its streams handed on,
rem it is waited for all the same, and its exit code is passed on.
"%~dp0Extract Desk.exe" --disable-gpu --log-level=3 --cli -- %*
exit /b %ERRORLEVEL%
