using System.Runtime.InteropServices;
using System.Text;

namespace BnNotebooks.Mend;

/// <summary>Lets TorchSharp's native library load beside a C++ library older than it asks for. The README says why it may.</summary>
public static class CxxVersion
{
    const string Library = "libLibTorchSharp.so", Version = "GLIBCXX_3.4.32";
    const byte Weak = 2; // VER_FLG_WEAK

    /// <summary>Mends the copy in a folder, where it is there, this system needs it and it is not mended yet.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="InvalidDataException">The file is not as expected, and was left as it is.</exception>
    public static IEnumerable<string> Mend(string folder) => Mend(folder, SystemLibrary());

    /// <summary>The same, beside a given libstdc++ or none.</summary>
    internal static IEnumerable<string> Mend(string folder, string? system)
    {
        var path = Path.Combine(folder, Library);
        if (system is null || Has(system, Version) || !File.Exists(path))
            return [];
        var bytes = File.ReadAllBytes(path);
        try
        {
            var elf = new ElfFile(bytes);
            var entry = Entry(elf);
            if ((bytes[entry.FlagsAt] & Weak) != 0)
                return [];
            foreach (var symbol in elf.SymbolsOf(entry))
                if (symbol.IsDefined || symbol.IsUsed)
                    throw new InvalidDataException($"its symbol {symbol.Name} of {Version} is in use");
            bytes[entry.FlagsAt] |= Weak;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(
                $"{path} asks for more than {system} has, and is not as the mend expects it: {error.Message}. TorchSharp may not load.");
        }
        Patch.Replace(path, bytes);
        return [$"{Library} now asks weakly for {Version}, which {system} lacks and nothing in it uses."];
    }

    /// <summary>What is to be said of the copy in a folder, for <c>doctor</c>; null where it is as TorchSharp made it.</summary>
    public static string? Describe(string folder)
    {
        var path = Path.Combine(folder, Library);
        if (!File.Exists(path))
            return null;
        try
        {
            var bytes = File.ReadAllBytes(path);
            return (bytes[Entry(new ElfFile(bytes)).FlagsAt] & Weak) != 0
                ? $"asks weakly for {Version}, which this system's C++ library is too old to have and nothing in it uses"
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    static ElfFile.NeededVersion Entry(ElfFile elf)
    {
        var entries = elf.NeededVersionsOfLibraries().Where(version => version.Name == Version).ToArray();
        return entries.Length == 1
            ? entries[0]
            : throw new InvalidDataException($"{entries.Length} of its entries ask for {Version}, expected one");
    }

    /// <summary>The path of this system's libstdc++; null where there is none.</summary>
    static string? SystemLibrary()
    {
        const string Name = "libstdc++.so.6";
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(Name, out _))
            return null;
        var loaded = File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.Contains($"/{Name}"));
        return loaded?[loaded.IndexOf('/')..];
    }

    // The names of all versions that a library has stand among its strings.
    static bool Has(string library, string version) =>
        File.ReadAllBytes(library).AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\0{version}\0")) >= 0;
}
