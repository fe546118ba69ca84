// Loaded before setup.csx, in a submission of its own (#!csharp ends it): whoever opens a clone that is not built reads this,
// and not a compiler's error for each file that is not there.
#if !BROWSER // a page has the library in itself
if (!System.IO.File.Exists("../lib/BnNotebooks/bin/BnNotebooks.dll"))
    throw new System.InvalidOperationException("The library is not built yet. In the repository's folder run: dotnet bn.cs build");
#endif
