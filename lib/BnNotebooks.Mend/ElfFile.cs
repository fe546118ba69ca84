using System.Buffers.Binary;
using System.Text;

namespace BnNotebooks.Mend;

/// <summary>What the mend reads of a 64-bit little-endian ELF file: its sections, and the versions that it needs.</summary>
/// <param name="bytes">The whole file.</param>
sealed class ElfFile(byte[] bytes)
{
    const int SectionHeaderSize = 64, VersionSize = 16, SymbolSize = 24, RelocationSize = 24;
    const uint Relocations = 4, DynamicSymbols = 11, NeededVersions = 0x6ffffffe, SymbolVersions = 0x6fffffff;

    readonly record struct Section(uint Type, int Offset, int Size, int Link);

    /// <summary>An entry of <c>.gnu.version_r</c>: a version that the file needs of a library.</summary>
    /// <param name="Name">The version's name.</param>
    /// <param name="Number">By which the file's symbols refer to it (<c>vna_other</c>).</param>
    /// <param name="FlagsAt">Where its flags stand in the file (<c>vna_flags</c>).</param>
    public readonly record struct NeededVersion(string Name, ushort Number, int FlagsAt);

    /// <summary>A symbol that the file needs from elsewhere.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="IsDefined">Whether the file itself has it.</param>
    /// <param name="IsUsed">Whether a relocation refers to it.</param>
    public readonly record struct Symbol(string Name, bool IsDefined, bool IsUsed);

    /// <summary>All versions that the file needs, of all libraries.</summary>
    /// <exception cref="InvalidDataException">The file is not such an ELF file, or is damaged.</exception>
    public IReadOnlyList<NeededVersion> NeededVersionsOfLibraries() => Guarded(() =>
    {
        var found = new List<NeededVersion>();
        var section = Only(NeededVersions);
        for (int need = section.Offset, more = 1; more != 0; need += more)
        {
            for (int entry = need + (int)UInt32(need + 8), next = 1; next != 0; entry += next)
            {
                if (found.Count == section.Size / VersionSize)
                    throw new InvalidDataException("the chain of versions that it needs has no end");
                found.Add(new(Text(section.Link, UInt32(entry + 8)), UInt16(entry + 6), entry + 4));
                next = (int)UInt32(entry + 12);
            }
            more = (int)UInt32(need + 12);
        }
        return found;
    });

    /// <summary>The symbols that are bound to a version.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<Symbol> SymbolsOf(NeededVersion version) => Guarded(() =>
    {
        Section symbols = Only(DynamicSymbols), versions = Only(SymbolVersions);
        var used = Sections().Where(section => section.Type == Relocations)
            .SelectMany(section => Enumerable.Range(0, section.Size / RelocationSize)
                .Select(i => UInt32(section.Offset + i * RelocationSize + 12))) // the upper half of r_info
            .ToHashSet();
        return (IReadOnlyList<Symbol>)[.. Enumerable.Range(0, symbols.Size / SymbolSize)
            .Where(i => (UInt16(versions.Offset + 2 * i) & 0x7fff) == version.Number)
            .Select(i => (Index: i, At: symbols.Offset + i * SymbolSize))
            .Select(s => new Symbol(Text(symbols.Link, UInt32(s.At)), UInt16(s.At + 6) != 0, used.Contains((uint)s.Index)))];
    });

    IEnumerable<Section> Sections()
    {
        if (!bytes.AsSpan().StartsWith("\x7f"u8 + "ELF\x02\x01"u8))
            throw new InvalidDataException("it is no 64-bit little-endian ELF file");
        int table = Position(0x28), count = UInt16(0x3C);
        Within(table, count * SectionHeaderSize);
        return Enumerable.Range(0, count).Select(i => table + i * SectionHeaderSize)
            .Select(at => new Section(UInt32(at + 4), Position(at + 24), Position(at + 32), (int)UInt32(at + 40)));
    }

    Section Only(uint type)
    {
        if (Sections().Where(section => section.Type == type).ToArray() is not [var only])
            throw new InvalidDataException($"it has not exactly one section of the type 0x{type:x}");
        Within(only.Offset, only.Size);
        return only;
    }

    string Text(int section, uint offset)
    {
        var start = bytes.AsSpan(Sections().ElementAt(section).Offset + (int)offset);
        return Encoding.ASCII.GetString(start[..start.IndexOf((byte)0)]);
    }

    ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    void Within(int at, int size) => _ = bytes.AsSpan(at, size);

    int Position(int at) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));

    uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    // An offset or a size out of a damaged file can be anything.
    static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("it is cut short, or an offset in it points outside", error);
        }
    }
}
