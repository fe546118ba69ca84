using BnNotebooks.Mend;

// Called by the build with an output folder. What it says, the build prints.
foreach (var mend in (Func<string, IEnumerable<string>>[])[CxxVersion.Mend, AssemblyReferences.Mend])
{
    try
    {
        foreach (var done in mend(args[0]))
            Console.WriteLine(done);
    }
    catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
    {
        // In this form MSBuild takes it for a warning. It fails no build: what needs the mended file will say so.
        Console.WriteLine($"BnNotebooks.Mend : warning BN0002: {error.Message}");
    }
}
