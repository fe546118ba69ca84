// Every notebook loads this file first. The build has put the library and all it needs, natives included, into one folder,
// so nothing is fetched here, and a notebook starts in seconds, offline too. Not built yet? Run: dotnet bn.cs build
#r "../lib/BnNotebooks/bin/System.Numerics.Tensors.dll"
#r "../lib/BnNotebooks/bin/TorchSharp.dll"
#r "../lib/BnNotebooks/bin/DynamicObj.dll"
#r "../lib/BnNotebooks/bin/Plotly.NET.dll"
#r "../lib/BnNotebooks/bin/Plotly.NET.CSharp.dll"
#r "../lib/BnNotebooks/bin/Plotly.NET.Interactive.dll"
#r "../lib/BnNotebooks/bin/Microsoft.Data.Analysis.dll"
#r "../lib/BnNotebooks/bin/MathNet.Numerics.dll"
#r "../lib/BnNotebooks/bin/BnNotebooks.Core.dll"
#r "../lib/BnNotebooks/bin/BnNotebooks.Checks.dll"
#r "../lib/BnNotebooks/bin/BnNotebooks.dll"

using System.Numerics.Tensors;
using BnNotebooks;
using BnNotebooks.Checks;
using BnNotebooks.Diagnosis;
using BnNotebooks.Experiments;
using BnNotebooks.Plotting;
using BnNotebooks.Predictions;
using BnNotebooks.Slides;
using BnNotebooks.Views;
using Microsoft.Data.Analysis;
#if !BROWSER
using Microsoft.DotNet.Interactive;
#endif
using Microsoft.DotNet.Interactive.Formatting;
using TorchSharp;
using GenericChart = Plotly.NET.GenericChart;

// How each kind of value looks, here and not in the library, because this file compiles against whatever kernel runs it.
void ShowAsTable<T>(Func<T, Table> view)
{
    Formatter.Register<T>(value => view(value).ToHtml(), "text/html");
    Formatter.Register<T>(value => view(value).ToText(), "text/plain");
    Formatter.SetPreferredMimeTypesFor(typeof(T), "text/html", "text/plain");
}

ShowAsTable<Table>(table => table);
ShowAsTable<Tensor<float>>(tensor => TensorView.Of(tensor));
ShowAsTable<torch.Tensor>(tensor => TensorView.Of(tensor));
ShowAsTable<DataFrame>(DataFrameView.Of);
ShowAsTable<Comparison>(ComparisonView.Of);
ShowAsTable<RunGroups>(runs => runs.ToTable());
ShowAsTable<RunGroup>(group => new RunGroups([group]).ToTable());
ShowAsTable<EnvironmentReport>(report => report.ToTable());
ShowAsTable<Report>(report => report.ToTable());

Formatter.Register<Interval>(interval => interval.ToString(), "text/plain");
Formatter.SetPreferredMimeTypesFor(typeof(Interval), "text/plain");

void ShowAsHtml<T>(Func<T, string> html)
{
    Formatter.Register<T>(html, "text/html");
    Formatter.Register<T>(value => value.ToString(), "text/plain");
    Formatter.SetPreferredMimeTypesFor(typeof(T), "text/html", "text/plain");
}

ShowAsHtml<CheckResult>(result => result.ToHtml());
ShowAsHtml<Hint>(hint => hint.ToHtml());

Formatter.Register<Explorable>(explorable => explorable.Html, "text/html");
Formatter.SetPreferredMimeTypesFor(typeof(Explorable), "text/html");

Formatter.Register<PredictionView>(view => view.Html, "text/html");
Formatter.Register<PredictionView>(view => view.Text, "text/plain");
Formatter.SetPreferredMimeTypesFor(typeof(PredictionView), "text/html", "text/plain");

// Plotly.NET.Interactive's formatter stands behind ours and not before it: its HTML loads plotly.js from a CDN, and is blank
// offline.
#if !BROWSER // a page draws the JSON itself, and has no libtorch to report on
((IKernelExtension)new Plotly.NET.Interactive.FormatterKernelExtension()).OnLoadAsync(Kernel.Root).Wait();
#endif
Formatter.Register<GenericChart>(chart => ChartHtml.ToJson(chart), ChartHtml.JsonMimeType);
Formatter.Register<GenericChart>(chart => ChartHtml.ToHtml(chart), "text/html");
Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), ChartHtml.MimeTypesFor(Environment.GetCommandLineArgs()));
ChartHtml.StartPage();

#if !BROWSER
Console.WriteLine(EnvironmentReport.Read());
#endif
