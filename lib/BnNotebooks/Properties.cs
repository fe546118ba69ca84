using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("BnNotebooks.Runner")]
[assembly: InternalsVisibleTo("BnNotebooks.Tests")]
