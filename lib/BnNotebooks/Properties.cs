using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("BnNotebooks.Benchmarks")]
[assembly: InternalsVisibleTo("BnNotebooks.Runner")]
[assembly: InternalsVisibleTo("BnNotebooks.Tests")]
