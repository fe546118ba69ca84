using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("BnNotebooks.Tests")]
