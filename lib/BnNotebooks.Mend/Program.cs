using BnNotebooks.Mend;

// Called by the build with an output folder. What it says, the build prints; a file that is not as expected fails no build.
var folder = args[0];
foreach (var said in (string?[])[CxxVersion.Mend(folder), .. FSharpReference.Mend(folder)])
    if (said is not null)
        Console.WriteLine(said);
