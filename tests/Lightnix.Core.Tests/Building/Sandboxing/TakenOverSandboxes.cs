namespace Lightnix.Building;

/// <summary>
/// A sandbox without a filter of system calls, as on a processor that has none here. Its builder takes over process 1, so that neither the
/// end of
/// bubblewrap nor a look at sessions ends what runs inside.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class TakenOverSandboxes : IDisposable
{
    /// <summary>
    /// Makes process 1 forget that it is to end with bubblewrap, gives it a session of its own, and reports to bubblewrap that the command
    /// has ended well.
    /// </summary>
    const string TakeOver = """
        #define _GNU_SOURCE
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/prctl.h>
        #include <sys/ptrace.h>
        #include <sys/syscall.h>
        #include <sys/user.h>
        #include <sys/wait.h>
        #include <unistd.h>

        static struct user_regs_struct saved;

        static void inject(long number, long first, long second) {
          struct user_regs_struct call = saved;
          call.rip = saved.rip - 2; // The instruction of the call that process 1 waits in.
          call.rax = number; call.orig_rax = -1; call.rdi = first; call.rsi = second;
          call.rdx = call.r10 = call.r8 = 0;
          if (ptrace(PTRACE_SETREGS, 1, 0, &call) || ptrace(PTRACE_SINGLESTEP, 1, 0, 0)) exit(9);
          waitpid(1, 0, __WALL);
        }

        int main() {
          if (ptrace(PTRACE_SEIZE, 1, 0, 0)) return 9;
          ptrace(PTRACE_INTERRUPT, 1, 0, 0);
          waitpid(1, 0, __WALL);
          ptrace(PTRACE_GETREGS, 1, 0, &saved);
          inject(SYS_prctl, PR_SET_PDEATHSIG, 0);
          inject(SYS_setsid, 0, 0);
          ptrace(PTRACE_SETREGS, 1, 0, &saved);
          ptrace(PTRACE_DETACH, 1, 0, 0);
          puts("taken over");
          fflush(stdout);
          if (!fork()) {
            setsid();
            alarm(60); // A test that fails leaves it behind.
            close(0); close(1); close(2);
            int process = syscall(434, 1, 0);
            for (int i = 3; i < 20; i++) {
              int file = syscall(438, process, i, 0);
              char name[32], target[64] = "";
              sprintf(name, "/proc/self/fd/%d", file);
              if (file >= 0 && readlink(name, target, sizeof target - 1) > 0 && strstr(target, "eventfd")) {
                long ended = 1;
                write(file, &ended, sizeof ended);
              }
            }
            for (;;) { FILE *file = fopen("out/a", "a"); fputs("x\n", file); fclose(file); }
          }
          alarm(60);
          pause();
        }
        """;

    readonly BuilderBench _bench;

    public TakenOverSandboxes()
    {
        using var any = new BuilderBench();
        var programs = Directory.CreateTempSubdirectory("lightnix-programs-").FullName;
        Programs = programs;
        var wrapper = Path.Combine(programs, "bwrap");
        File.WriteAllText(wrapper,
            "#!/bin/sh\n# Without --seccomp and its number.\nfor w; do shift; if [ \"$w\" = --seccomp ]; then skip=1; elif [ \"$skip\" = 1 "
            + "]; then skip=; else set -- \"$@\" \"$w\"; fi; done\nexec /usr/bin/bwrap \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(wrapper, (UnixFileMode)0x1ED);
        _bench = new BuilderBench
        {
            Builders = new(new(any.Cache)
            {
                Environment = new Dictionary<string, string> { ["PATH"] = $"{programs}:/usr/bin:/bin", ["HOME"] = programs },
                Hidden = [any.Root],
            }),
        };
    }

    string Programs { get; }

    public void Dispose()
    {
        _bench.Dispose();
        Directory.Delete(Programs, recursive: true);
    }

    [SandboxFact]
    public async Task End_before_the_result_is_taken()
    {
        if (!await TryTakeOverAsync())
            return;
        var failed = Assert.IsType<BuildOutcome.Failed>(await _bench.Sh("./takeover"));
        var size = new FileInfo(Path.Combine(_bench.Out, "a")).Length;
        Assert.Matches(@"^bwrap \(\d+\)$", Assert.Single(failed.LeftBehind.Names));
        await Task.Delay(200);
        Assert.Equal(size, new FileInfo(Path.Combine(_bench.Out, "a")).Length);
    }

    [SandboxFact]
    public async Task End_when_the_build_is_cancelled()
    {
        if (!await TryTakeOverAsync())
            return;
        using var cancel = new CancellationTokenSource();
        var run = _bench.Sh("./takeover", cancel.Token);
        await Eventually.Is(() => File.Exists(Path.Combine(_bench.Out, "a")), "it was not taken over");
        await cancel.CancelAsync();
        try
        {
            await run;
        }
        catch (OperationCanceledException)
        {
            // Unless it had ended by then.
        }
        var size = new FileInfo(Path.Combine(_bench.Out, "a")).Length;
        await Task.Delay(200);
        Assert.Equal(size, new FileInfo(Path.Combine(_bench.Out, "a")).Length);
    }

    /// <returns>False where this machine has no compiler, or forbids tracing.</returns>
    async Task<bool> TryTakeOverAsync()
    {
        if (!File.Exists("/usr/bin/gcc")
            || System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64)
            return false;
        _bench.Write("takeover.c", TakeOver);
        Assert.True(await _bench.Sh("gcc -o takeover takeover.c") is BuildOutcome.Completed, _bench.Log);
        return !File.Exists("/proc/sys/kernel/yama/ptrace_scope")
            || (await File.ReadAllTextAsync("/proc/sys/kernel/yama/ptrace_scope")).Trim() == "0";
    }
}
