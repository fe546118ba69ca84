using System.Runtime.InteropServices;
using System.Text;

namespace BnNotebooks.Mend;

/// <summary>Lets TorchSharp's native library load beside a C++ library older than it asks for. The README says why it may.</summary>
public static class CxxVersion
{
    const string Library = "libLibTorchSharp.so", Version = "GLIBCXX_3.4.32";
    const byte Weak = 2; // VER_FLG_WEAK

    /// <summary>Mends the copy in a folder where this system needs it.</summary>
    /// <returns>What was done, or why it was refused; null where there was nothing to do.</returns>
    public static string? Mend(string folder) =>
        SystemLacks(Version) && Path.Combine(folder, Library) is var path && File.Exists(path) ? MendFile(path) : null;

    /// <summary>What is to be said of the copy in a folder, for <c>doctor</c>; null where it is as TorchSharp made it.</summary>
    public static string? Describe(string folder) =>
        Path.Combine(folder, Library) is var path && File.Exists(path) && IsMended(path)
            ? $"{Library} asks weakly for {Version}, which this system's C++ library is too old to have and nothing in it uses"
            : null;

    /// <summary>Sets the flag in a file, whatever the system has.</summary>
    internal static string? MendFile(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var elf = new ElfFile(bytes);
            var entry = Entry(elf);
            if (bytes[entry.FlagsAt] == Weak)
                return null;
            foreach (var symbol in elf.SymbolsOf(entry))
                if (symbol.IsDefined || symbol.IsUsed)
                    throw new InvalidDataException($"its symbol {symbol.Name} of this version is in use");
            bytes[entry.FlagsAt] = Weak;
            Patch.Replace(path, bytes);
            return $"{Library} now asks weakly for {Version}, which this system's C++ library lacks and nothing in it uses.";
        }
        catch (InvalidDataException error)
        {
            return $"{path} was not mended for this system's older C++ library: {error.Message}. TorchSharp may not load.";
        }
    }

    static bool IsMended(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return bytes[Entry(new ElfFile(bytes)).FlagsAt] == Weak;
    }

    static ElfFile.NeededVersion Entry(ElfFile elf)
    {
        var entries = elf.NeededVersionsOfLibraries().Where(version => version.Name == Version).ToArray();
        return entries.Length == 1
            ? entries[0]
            : throw new InvalidDataException($"{entries.Length} of its entries ask for {Version}, expected one");
    }

    /// <summary>Whether there is a libstdc++ here, and it lacks a version.</summary>
    static bool SystemLacks(string version)
    {
        const string Name = "libstdc++.so.6";
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(Name, out _))
            return false;
        var loaded = File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.Contains("/libstdc++.so.6"));
        return loaded is not null && !Contains(File.ReadAllBytes(loaded[loaded.IndexOf('/')..]), version);
    }

    static bool Contains(byte[] file, string name) => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\0{name}\0")) >= 0;
}
