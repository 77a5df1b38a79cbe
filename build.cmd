@echo off
rem What developers and CI do with this repository: build.cmd [demo|test|pack|bench|format|clean]. The twin of ./build.
setlocal
cd /d "%~dp0"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_CLI_UI_LANGUAGE=en

if "%~1"=="demo" goto demo
if "%~1"=="test" goto test
if "%~1"=="pack" goto pack
if "%~1"=="bench" goto bench
if "%~1"=="format" goto format
if "%~1"=="clean" goto clean
echo build demo    pack, then build samples\digits as a stranger would, and show the chosen model
echo build demo solution
echo               pack, then build, test and publish samples\solution, and let the published app read a digit
echo build test    check the format, build, run all tests; the last line counts them
echo build test --fast
echo               while you work: the quick tests that need no package
echo build pack    put Lightnix.Sdk.^<version^>.nupkg, the tool's Lightnix.Cli and Lightnix.Templates into artifacts\packages
echo build bench   first and second builds, measured against others
echo build format  format what build test would complain about
echo build clean   remove what builds made here; the store is left alone
if "%~1"=="" exit /b 0
if "%~1"=="help" exit /b 0
exit /b 2

:pack
echo == Packing Lightnix.Sdk, Lightnix.Cli and Lightnix.Templates: the first time it restores packages, which may take minutes
dotnet pack src\Lightnix.Sdk -c Release -v:m || exit /b 1
dotnet pack src\Lightnix.Cli -c Release -v:m || exit /b 1
dotnet pack src\Lightnix.Templates -c Release -v:m
exit /b %errorlevel%

:demo
call :pack || exit /b 1
if "%~2"=="solution" goto demo_solution
rem NUGET_PACKAGES, where somebody has set it, goes before the sample's nuget.config, and that folder is not ours to clean.
set NUGET_PACKAGES=%cd%\samples\digits\.packages
if exist "%NUGET_PACKAGES%\lightnix.sdk" rmdir /s /q "%NUGET_PACKAGES%\lightnix.sdk"
echo == Building samples\digits: the first time it restores the trainer's packages, and compiles and trains for a minute or two
pushd samples\digits
dotnet build digits.lnproj
if errorlevel 1 (popd & exit /b 1)
popd
set /p heldout=<samples\digits\bin\model\accuracy.txt
set /p test=<samples\digits\bin\report\accuracy.txt
echo.
echo Chosen model: accuracy %heldout% on the held-out digits, the best of those trained,
echo               and %test% on the test digits, which neither training nor the choice has seen.
echo It is in      %cd%\samples\digits\bin\model\model.zip
echo Report:       samples\digits\bin\report\report.md
exit /b 0

:demo_solution
set NUGET_PACKAGES=%cd%\samples\solution\.packages
if exist "%NUGET_PACKAGES%\lightnix.sdk" rmdir /s /q "%NUGET_PACKAGES%\lightnix.sdk"
echo == Building, testing and publishing samples\solution: the first time it restores the app's packages, and trains for a minute or two
pushd samples\solution
dotnet build Digits.slnx && dotnet test Digits.slnx --no-build && dotnet publish Digits.slnx
if errorlevel 1 (popd & exit /b 1)
popd
powershell -NoProfile -Command "Get-Content samples\solution\data\bin\split\test.csv -TotalCount 2 | Set-Content -Encoding Ascii artifacts\digit.csv"
echo.
samples\solution\Reader\bin\Release\net10.0\publish\Reader read artifacts\digit.csv
exit /b %errorlevel%

:test
set status=0
if exist artifacts\results rmdir /s /q artifacts\results
if "%~2"=="--fast" goto fast
dotnet format whitespace Lightnix.sln --verify-no-changes || set status=1
dotnet build Lightnix.sln -c Release -v:m || set status=1
if %status%==0 call :pack || set status=1
if %status%==0 for /d %%p in (tests\Lightnix.*) do (
  dotnet test %%p -c Release --no-build -v:m --logger "trx;LogFileName=%%~np.trx" --results-directory artifacts\results || set status=1
)
:count
rem Batch cannot read XML; Windows PowerShell is on every Windows.
powershell -NoProfile -Command "$p = 0; $f = 0; Get-ChildItem artifacts\results\*.trx -ErrorAction SilentlyContinue | ForEach-Object { $c = ([xml](Get-Content $_)).TestRun.ResultSummary.Counters; $p += $c.passed; $f += $c.failed }; if ($f -eq 0 -and (%status% -ne 0 -or $p -eq 0)) { $f = 1 }; Write-Output \"$p passed, $f failed\"; exit [int]($f -ne 0)"
exit /b %errorlevel%

:fast
for %%p in (Core Tasks Cli) do (
  dotnet test tests\Lightnix.%%p.Tests -c Release -v:q --filter Speed!=Slow --logger "trx;LogFileName=%%p.trx" --results-directory artifacts\results || set status=1
)
goto count

:bench
call :pack || exit /b 1
dotnet run --project benchmarks\Lightnix.Benchmarks -c Release -- %2 %3 %4 %5 %6 %7 %8 %9
exit /b %errorlevel%

:format
dotnet format Lightnix.sln
exit /b %errorlevel%

:clean
for /d /r %%d in (bin obj .packages TestResults) do if exist "%%d" rmdir /s /q "%%d"
del /q artifacts\packages\*.nupkg 2>nul
exit /b 0
