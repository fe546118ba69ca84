using System.CommandLine;
using BnNotebooks.Benchmarks;

var quick = new Option<bool>("--quick") { Description = "The short version: the cases that a change is judged by.", Recursive = true };
var filter = new Option<string?>("--filter")
{
    Description = "Only cases in whose name, shape, setting and threads each of these words occurs. Other results of this machine stay in the file.",
    Recursive = true,
};
var threads = new Option<int?>("--threads") { Description = "Only cases with so many threads.", Recursive = true };
var missing = new Option<bool>("--missing")
{
    Description = "Only cases that have no result in the file yet: goes on with a run that was stopped.",
    Recursive = true,
};
Selection Selected(ParseResult parsed) => new(parsed.GetValue(quick), parsed.GetValue(filter), parsed.GetValue(threads), parsed.GetValue(missing));
var command = new RootCommand("Measures the layers beside TorchSharp, ONNX Runtime, a plain loop and two copies.") { quick, filter, threads, missing };
command.Add(MeasureCommand.Create(Selected));
command.SetAction(parsed => BenchCommand.Run(Selected(parsed)));
return command.Parse(args).Invoke();
