#!/usr/bin/env -S dotnet run
// The one command of the project: `dotnet bn.cs build | run | site | serve | pdf | test | claims | evidence | bench | api | jupyter | doctor`. It builds, then hands
// over to the program that does the work, which also knows its options: `dotnet bn.cs run --help`.
#:property PublishAot=false
#:property TargetFramework=net10.0

using System.Diagnostics;

const string Solution = "BnNotebooks.sln", Runner = "lib/BnNotebooks.Runner", Server = "lib/BnNotebooks.Serve", Benchmarks = "lib/BnNotebooks.Benchmarks";

Directory.SetCurrentDirectory((string)AppContext.GetData("EntryPointFileDirectoryPath")!);
Environment.SetEnvironmentVariable("DOTNET_NOLOGO", "1");
Environment.SetEnvironmentVariable("DOTNET_CLI_TELEMETRY_OPTOUT", "1");
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true; // Ctrl-C reaches the child too: let it end in order

string[] rest = [.. args.Skip(1)];
return args.FirstOrDefault() switch
{
    "build" => Build(Solution),
    "test" => Build(Solution) is not 0 and var failed ? failed : Start(Runner, args),
    "run" or "site" or "pdf" or "claims" or "evidence" or "api" or "doctor" or "jupyter" => Build(Runner) is not 0 and var failed ? failed : Start(Runner, args),
    "serve" => RenderOnce() is not 0 and var failed ? failed : Build(Server) is not 0 and var unbuilt ? unbuilt : Start(Server, rest),
    "bench" => Build(Benchmarks) is not 0 and var failed ? failed : Start(Benchmarks, rest),
    null or "help" or "-h" or "--help" => Usage(0),
    _ => Usage(2),
};

static int Usage(int exitCode)
{
    Console.WriteLine("""
        dotnet bn.cs build    set the machine up and build everything
        dotnet bn.cs run      execute notebooks, and write the results and the pages under out/
        dotnet bn.cs site     render the pages from the outputs that the notebooks carry, without running them
        dotnet bn.cs serve    serve the pages to a browser on this machine
        dotnet bn.cs pdf      print the whole course as one PDF to out/course.pdf
        dotnet bn.cs test     run every test; the last line is `N passed, N failed`
        dotnet bn.cs claims   run the course, measure the claims of the slides again, and print the ledger
        dotnet bn.cs evidence compute the many seeds on which the verdicts of the ledger rest; resumable, on any number of machines
        dotnet bn.cs bench    measure the layers beside TorchSharp and ONNX Runtime
        dotnet bn.cs api      write the library's reference to out/site/api
        dotnet bn.cs jupyter  make the .NET kernel known to Jupyter
        dotnet bn.cs doctor   say what this machine has, what is missing, and the line that mends it
        Each but build takes --help.
        """);
    return exitCode;
}

static int Build(string target)
{
    var clock = Stopwatch.StartNew();
    Console.WriteLine($"» Building {target} …");
    var exitCode = Run("dotnet", ["build", target, "-c", "Release", "-v", "q", "-nologo"]);
    Console.WriteLine(exitCode == 0 ? $"» Built in {clock.Elapsed.TotalSeconds:0.0} s." : $"{target} was not built: see the lines above.");
    return exitCode;
}

// A site that is there may be of a run just made; it stays.
static int RenderOnce() =>
    File.Exists("out/site/index.html") ? 0 : Build(Runner) is not 0 and var failed ? failed : Start(Runner, ["site"]);

static int Start(string project, string[] arguments) =>
    Run($"{project}/bin/Release/net10.0/{Path.GetFileName(project)}{(OperatingSystem.IsWindows() ? ".exe" : "")}", arguments);

static int Run(string program, string[] arguments)
{
    using var process = Process.Start(program, arguments);
    process.WaitForExit();
    return process.ExitCode;
}
