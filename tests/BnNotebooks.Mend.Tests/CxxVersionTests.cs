using System.Diagnostics;

namespace BnNotebooks.Mend.Tests;

/// <summary>The real library of TorchSharp, mended and refused. A small file takes the part of the system's C++ library.</summary>
public sealed class CxxVersionTests : IDisposable
{
    const string Name = "libLibTorchSharp.so", Version = "GLIBCXX_3.4.32", Older = "GLIBCXX_3.4.21", First = "GLIBCXX_3.4.30", Second = "GLIBCXX_3.4.29";
    const int Distance = 16, Numbered = 2, Called = 4, Onward = 8; // between entries; from the flags of one to its other fields

    readonly Originals copies = new(Name);
    readonly byte[] original = File.ReadAllBytes(Originals.Source(Name));

    string Copy => copies[Name];

    public void Dispose() => copies.Dispose();

    [Fact]
    public void One_flag_is_set_and_nothing_else_changes()
    {
        var before = new FileInfo(Copy);
        Assert.Equal(original.Length, before.Length); // has read the attributes
        Assert.Null(CxxVersion.Describe(copies.Folder));

        Assert.Contains(Version, Assert.Single(Mend()));

        var mended = File.ReadAllBytes(Copy);
        var at = Assert.Single(Enumerable.Range(0, original.Length), i => mended[i] != original[i]);
        Assert.Equal((0, 2), (original[at], mended[at]));
        Assert.Equal(original.Length, mended.Length);
        var after = new FileInfo(Copy);
        Assert.Equal((before.LastWriteTimeUtc, before.UnixFileMode), (after.LastWriteTimeUtc, after.UnixFileMode));
        Assert.Equal([Copy], Directory.GetFiles(copies.Folder, $"{Name}*"));
        Assert.NotNull(CxxVersion.Describe(copies.Folder));
        Assert.Empty(Mend());
    }

    [Fact]
    public void The_package_at_the_other_end_of_a_hard_link_stays_as_it_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Makes a hard link with ln.");
        var package = copies["package.so"];
        Process.Start("ln", [Copy, package]).WaitForExit();

        Assert.NotEmpty(Mend());

        Assert.Equal(original, File.ReadAllBytes(package));
        Assert.NotEqual(original, File.ReadAllBytes(Copy));
    }

    [Fact]
    public void A_system_that_has_the_version_needs_no_mend()
    {
        Assert.Empty(CxxVersion.Mend(copies.Folder, System($"GLIBCXX_3.4.31\0{Version}")));
        Assert.Empty(CxxVersion.Mend(copies.Folder, system: null));
        Assert.Equal(original, File.ReadAllBytes(Copy));
    }

    [Fact]
    public void A_folder_without_the_library_needs_no_mend()
    {
        File.Delete(Copy);

        Assert.Empty(Mend());
        Assert.Null(CxxVersion.Describe(copies.Folder));
    }

    static readonly Dictionary<string, (Func<byte[], byte[]> Damage, string Said)> Unexpected = new()
    {
        ["empty"] = (_ => [], "no 64-bit little-endian ELF"),
        ["of 32 bits"] = (file => With(file, 4, 1), "no 64-bit little-endian ELF"),
        ["a header alone"] = (file => file[..64], "cut short"),
        ["half of it"] = (file => file[..(file.Length / 2)], "cut short"),
        ["its last byte missing"] = (file => file[..^1], "cut short"),
        ["sections at 2^40"] = (file => With(file, 0x28 + 5, 1), "cut short"),
        ["no section"] = (file => With(file, 0x3C, 0, 0), "0x6ffffffe"),
        ["the version absent"] = (file => Copied(file, Older, Version, Called), "0 of its entries"),
        ["the version twice"] = (file => Copied(file, Version, Older, Called), "2 of its entries"),
        ["a symbol of it in use"] = (file => Copied(file, Older, Version, Numbered), "in use"),
        ["a chain that ends early"] = (file => Next(file, 0), "0 of its entries"),
        ["a chain that leaves the file"] = (file => Next(file, int.MaxValue), "points outside"),
        ["a chain that runs in a circle"] = (file => Next(file, -Distance), "no end"),
        ["a chain of libraries that runs in a circle"] = (file => With(file, At(file, First) - Distance + 8, BitConverter.GetBytes(-0x60)), "no end"),
    };

    public static TheoryData<string> Damages => [.. Unexpected.Keys];

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_is_not_as_expected_is_refused_with_its_reason_and_left_alone(string damage)
    {
        var (inflict, said) = Unexpected[damage];
        File.WriteAllBytes(Copy, inflict([.. original]));
        var before = File.ReadAllBytes(Copy);

        var error = Assert.Throws<InvalidDataException>(Mend);

        Assert.Contains(said, error.Message);
        Assert.Contains(Copy, error.Message);
        Assert.Equal(before, File.ReadAllBytes(Copy));
        Assert.Null(CxxVersion.Describe(copies.Folder));
    }

    IEnumerable<string> Mend() => CxxVersion.Mend(copies.Folder, System("GLIBCXX_3.4.30"));

    string System(string versions)
    {
        var path = copies["libstdc++.so.6"];
        File.WriteAllText(path, $"\0{versions}\0");
        return path;
    }

    // Where a version's entry has its flags.
    static int At(byte[] file, string version) =>
        new ElfFile(file).NeededVersionsOfLibraries().Single(entry => entry.Name == version).FlagsAt;

    static byte[] Copied(byte[] file, string from, string to, int field) =>
        With(file, At(file, to) + field, file.AsSpan(At(file, from) + field, field).ToArray()); // each is as long as it is far

    static byte[] Next(byte[] file, int distance) =>
        With(file, At(file, Second) + Onward, BitConverter.GetBytes(distance));

    static byte[] With(byte[] file, int at, params byte[] bytes)
    {
        bytes.CopyTo(file, at);
        return file;
    }
}
