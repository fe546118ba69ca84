using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace BnNotebooks.Mend;

/// <summary>Lets Plotly.NET's older dependencies ask for the FSharp.Core that Plotly.NET asks for. The README says why.</summary>
public static class FSharpReference
{
    const string Model = "Plotly.NET.dll";
    static readonly string[] Older = ["Giraffe.ViewEngine.dll", "Fable.Core.dll"];

    /// <summary>Mends the copies in a folder, where they are there and not mended yet.</summary>
    /// <returns>What was done, a line a file.</returns>
    /// <exception cref="InvalidDataException">One of them is no assembly.</exception>
    public static IEnumerable<string> Mend(string folder)
    {
        if (Find(Path.Combine(folder, Model)) is not { } wanted)
            yield break;
        foreach (var name in Older)
        {
            var path = Path.Combine(folder, name);
            if (Find(path) is not { } found || found.Version >= wanted.Version)
                continue;
            var bytes = File.ReadAllBytes(path);
            ushort[] numbers = [(ushort)wanted.Version.Major, (ushort)wanted.Version.Minor, (ushort)wanted.Version.Build, (ushort)wanted.Version.Revision];
            for (var i = 0; i < numbers.Length; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(found.At + 2 * i), numbers[i]);
            Patch.Replace(path, bytes);
            yield return $"{name} now asks for FSharp.Core {wanted.Version} as {Path.GetFileNameWithoutExtension(Model)} does, instead of {found.Version}.";
        }
    }

    /// <summary>The version of FSharp.Core that an assembly asks for, and where in the file it stands; null without such a reference.</summary>
    internal static (Version Version, int At)? Find(string path)
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
                if (metadata.GetString(reference.Name) == "FSharp.Core")
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
