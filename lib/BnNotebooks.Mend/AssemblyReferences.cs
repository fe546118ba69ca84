using System.Buffers.Binary;
using System.Numerics;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace BnNotebooks.Mend;

/// <summary>Lets assemblies ask for the versions that a notebook's kernel has to give them. The README says why.</summary>
public static class AssemblyReferences
{
    const string FSharp = "FSharp.Core";

    /// <summary>Mends the copies in a folder, where they are there and not mended yet.</summary>
    /// <returns>What was done, a line a file.</returns>
    /// <exception cref="InvalidDataException">One of them is no assembly.</exception>
    public static IEnumerable<string> Mend(string folder)
    {
        var fsharp = Find(Path.Combine(folder, "Plotly.NET.dll"), FSharp)?.Version;
        (string File, string Reference, Version? Wanted)[] mends =
        [
            ("Giraffe.ViewEngine.dll", FSharp, fsharp),
            ("Fable.Core.dll", FSharp, fsharp),
            ("TorchSharp.dll", "System.Runtime.Numerics", typeof(Complex).Assembly.GetName().Version),
        ];
        foreach (var (file, reference, wanted) in mends)
        {
            var path = Path.Combine(folder, file);
            if (Find(path, reference) is not { } found || wanted is null || found.Version >= wanted)
                continue;
            var bytes = File.ReadAllBytes(path);
            ushort[] numbers = [(ushort)wanted.Major, (ushort)wanted.Minor, (ushort)wanted.Build, (ushort)wanted.Revision];
            for (var i = 0; i < numbers.Length; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(found.At + 2 * i), numbers[i]);
            Patch.Replace(path, bytes);
            yield return $"{file} now asks for {reference} {wanted} instead of {found.Version}.";
        }
    }

    /// <summary>The version that an assembly asks for of another, and where in the file it stands; null without such a reference.</summary>
    internal static (Version Version, int At)? Find(string path, string name)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var pe = new PEReader(File.OpenRead(path));
            var metadata = pe.GetMetadataReader();
            foreach (var handle in metadata.AssemblyReferences)
            {
                var reference = metadata.GetAssemblyReference(handle);
                if (metadata.GetString(reference.Name) == name)
                    // A row of the table AssemblyRef starts with the version: four numbers of two bytes.
                    return (reference.Version, pe.PEHeaders.MetadataStartOffset
                        + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
                        + metadata.GetTableRowSize(TableIndex.AssemblyRef) * (MetadataTokens.GetRowNumber(handle) - 1));
            }
            return null;
        }
        catch (Exception error) when (error is BadImageFormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is no assembly: {error.Message}", error);
        }
    }
}
