using System.CommandLine;
using BnNotebooks.Benchmarks;

var quick = new Option<bool>("--quick") { Description = "The two-minute version.", Recursive = true };
var filter = new Option<string?>("--filter")
{
    Description = "Only cases in whose name, shape, setting and threads each of these words occurs.",
    Recursive = true,
};
var command = new RootCommand("Measures the layers beside TorchSharp, a plain loop and a plain copy.") { quick, filter };
command.Add(MeasureCommand.Create(quick, filter));
command.SetAction(parsed => BenchCommand.Run(parsed.GetValue(quick), parsed.GetValue(filter)));
return command.Parse(args).Invoke();
