using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Security.Cryptography;

namespace BnNotebooks.Data;

/// <summary>
/// An IDX file, the format of MNIST and its relatives: a block of unsigned bytes, packed with gzip or not. A magic number
/// (two zeros, the type of the elements, the number of dimensions) and the length of each dimension as a big-endian 32-bit
/// integer come first, then the elements in row-major order.
/// </summary>
/// <param name="Shape">The length of each dimension.</param>
/// <param name="Values">The elements, from 0 to 255, in row-major order.</param>
public sealed record IdxFile(int[] Shape, byte[] Values)
{
    const byte UnsignedByte = 8; // the only type of element that is read here

    /// <summary>Reads a file and checks it on the way: packing, magic number, lengths, and the checksum if one is given.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">How to get the file again: a sentence that ends each error message.</param>
    /// <param name="sha256">What the SHA-256 of the unpacked file must be, in lower-case hexadecimal; null checks none.</param>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is truncated, too long, of another format, or has another checksum.</exception>
    public static IdxFile Read(string path, string remedy, string? sha256 = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(remedy);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path} is missing. {remedy}", path);
        try
        {
            var bytes = Unpacked(File.ReadAllBytes(path));
            var file = Parse(bytes);
            var actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
            return sha256 is null || actual == sha256
                ? file
                : throw new InvalidDataException($"its content has SHA-256 {actual}; expected {sha256}.");
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"{path} is not the IDX file that was expected: {problem.Message} {remedy}", problem);
        }
    }

    static byte[] Unpacked(byte[] file)
    {
        if (file is not [0x1f, 0x8b, ..]) // what every gzip file begins with
            return file;
        using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var content = new MemoryStream();
        try
        {
            gzip.CopyTo(content);
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"it cannot be unpacked, it is truncated or damaged ({problem.Message})", problem);
        }
        // A packed file that was cut unpacks without an error as far as it goes. Its last four bytes hold the unpacked length.
        return file.Length > 4 && BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(file.Length - 4)) == content.Length
            ? content.ToArray()
            : throw new InvalidDataException($"it is truncated: it ends after {content.Length} bytes of content, without gzip's end mark.");
    }

    static IdxFile Parse(byte[] file)
    {
        if (file is not [0, 0, var type, var dimensions, ..])
            throw new InvalidDataException($"it begins with {Convert.ToHexString(file.AsSpan(0, Math.Min(4, file.Length)))}; expected a magic number such as 00000803.");
        if (type != UnsignedByte)
            throw new InvalidDataException($"its elements are of type {type}; expected {UnsignedByte}, unsigned bytes.");
        var header = 4 + 4 * dimensions;
        if (dimensions == 0 || file.Length < header)
            throw new InvalidDataException($"it has {dimensions} dimensions and {file.Length} bytes; expected at least one dimension, and four bytes for the length of each.");

        int[] shape = [.. Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4 * i)))];
        var expected = shape.Aggregate(BigInteger.One, (product, length) => product * length);
        return shape.All(length => length > 0) && expected == file.Length - header
            ? new IdxFile(shape, file[header..])
            : throw new InvalidDataException($"its shape is {string.Join(" x ", shape)}, which takes {expected} bytes, but {file.Length - header} follow.");
    }
}
