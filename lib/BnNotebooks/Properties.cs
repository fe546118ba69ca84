using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("BnNotebooks.Benchmarks")]
[assembly: InternalsVisibleTo("BnNotebooks.Runner")]
[assembly: InternalsVisibleTo("BnNotebooks.Runner.Tests")]
[assembly: InternalsVisibleTo("BnNotebooks.Tests")]
