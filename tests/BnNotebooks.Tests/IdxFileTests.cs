using System.IO.Compression;
using System.Security.Cryptography;
using BnNotebooks.Data;

namespace BnNotebooks.Tests;

/// <summary>What the reader takes, and what it says of files that are not what they should be.</summary>
public sealed class IdxFileTests : IDisposable
{
    const string Remedy = "Get it from the shelf.";
    static readonly byte[] Plain = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 11, 12, 13, 14, 255]; // 2 x 3

    readonly string folder = Directory.CreateTempSubdirectory("bn-idx").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_plain_file_and_a_packed_one_give_shape_and_values()
    {
        foreach (var bytes in new[] { Plain, Packed(Plain) })
        {
            var file = IdxFile.Read(Written(bytes), Remedy);

            Assert.Equal([2, 3], file.Shape);
            Assert.Equal([10, 11, 12, 13, 14, 255], file.Values);
        }
    }

    [Fact]
    public void A_missing_file_is_named_with_the_way_to_get_it()
    {
        var path = Path.Combine(folder, "none.gz");

        var error = Assert.Throws<FileNotFoundException>(() => IdxFile.Read(path, Remedy));

        Assert.Equal($"{path} is missing. {Remedy}", error.Message);
    }

    [Fact]
    public void A_packed_file_cut_anywhere_is_refused()
    {
        var whole = Packed([0, 0, 8, 1, 0, 0, 16, 0, .. RandomNumberGenerator.GetBytes(4096)]);
        // In the header, the data, and before the last byte of the checksum and length that end a gzip file.
        foreach (var length in new[] { 3, 5, 10, 100, whole.Length / 2, whole.Length - 9, whole.Length - 8, whole.Length - 1 })
            AssertRefused(whole[..length], "truncated");
    }

    [Fact]
    public void A_packed_file_with_a_changed_byte_is_refused()
    {
        var file = Packed([0, 0, 8, 1, 0, 0, 16, 0, .. RandomNumberGenerator.GetBytes(4096)]);
        file[2000] ^= 1; // random bytes are stored as they are, so that only gzip's own checksum can tell

        AssertRefused(file, "cannot be unpacked");
    }

    [Theory]
    [InlineData(new byte[] { }, "truncated: the magic number takes 4 bytes, but 0 follow")]
    [InlineData(new byte[] { 0, 0, 8 }, "truncated: the magic number takes 4 bytes, but 3 follow")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4e, 0x47, 1 }, "begins with 89504E47; expected a magic number such as 00000803")]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0 }, "type 13; expected 8")]
    [InlineData(new byte[] { 0, 0, 8, 0, 1 }, "0 dimensions")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0 }, "truncated: the lengths of its 3 dimensions take 12 bytes, but 6 follow")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2 }, "truncated: its shape is 3, which takes 3 bytes, but 2 follow")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 2 }, "shape is 1, which takes 1 bytes, but more follow")]
    [InlineData(new byte[] { 0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 254, 1, 2 }, "shape is -1 x -2")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 1 }, "at least 1")]
    [InlineData(new byte[] { 0, 0, 8, 2, 127, 255, 255, 255, 127, 255, 255, 255, 1 }, "which takes 4611686014132420609 bytes; expected")]
    // 2^30 five times is 2^150, which is 0 to integers of 128 bits and fewer.
    [InlineData(new byte[] { 0, 0, 8, 5, 64, 0, 0, 0, 64, 0, 0, 0, 64, 0, 0, 0, 64, 0, 0, 0, 64, 0, 0, 0 }, "at most 268435456 bytes")]
    public void A_file_that_is_not_as_it_should_be_is_refused_with_what_is_wrong(byte[] file, string wrong)
    {
        AssertRefused(file, wrong);
        AssertRefused(Packed(file), wrong);
    }

    [Theory]
    [InlineData(3, "more follow")]
    [InlineData(255, "at most 268435456 bytes")] // 4 GB
    public void What_unpacks_to_gigabytes_is_refused_before_it_fills_the_memory(byte promised, string wrong)
    {
        var path = Path.Combine(folder, "bomb.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write([0, 0, 8, 4, 0, 0, 0, promised, 0, 0, 0, promised, 0, 0, 0, promised, 0, 0, 0, promised]);
            for (var megabytes = 0; megabytes < 500; megabytes++)
                gzip.Write(new byte[1 << 20]);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, Remedy));

        Assert.Contains(wrong, error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void The_checksum_is_that_of_the_unpacked_file()
    {
        var right = Convert.ToHexStringLower(SHA256.HashData(Plain));
        var other = new byte[32];

        Assert.Equal([2, 3], IdxFile.Read(Written(Packed(Plain)), Remedy, right).Shape);
        var path = Written(Packed(Plain));
        var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, Remedy, Convert.ToHexStringLower(other)));
        Assert.Contains(path, error.Message);
        Assert.Contains(right, error.Message);
        Assert.Contains(Convert.ToHexStringLower(other), error.Message);
    }

    void AssertRefused(byte[] bytes, string wrong)
    {
        var path = Written(bytes);

        var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, Remedy));

        Assert.StartsWith($"{path} is not the IDX file that was expected: ", error.Message);
        Assert.Contains(wrong, error.Message);
        Assert.EndsWith(Remedy, error.Message);
    }

    string Written(byte[] bytes)
    {
        var path = Path.Combine(folder, "file.gz");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
