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
    const int Limit = 256 << 20; // bytes; the images of Fashion-MNIST take 47 million

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
            using var file = File.OpenRead(path);
            var packed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b; // what every gzip file begins with
            file.Position = 0;
            using var content = packed ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : (Stream)file;
            using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (idx, length) = Parse(content, sum);
            if (packed && !EndsAfter(length, file))
                throw new InvalidDataException($"it is truncated: it ends after {length} bytes of content, without gzip's end mark.");
            var actual = Convert.ToHexStringLower(sum.GetHashAndReset());
            return sha256 is null || actual == sha256
                ? idx
                : throw new InvalidDataException($"its content has SHA-256 {actual}; expected {sha256}.");
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"{path} is not the IDX file that was expected: {problem.Message} {remedy}", problem);
        }
    }

    // No more is read than the header promises and one byte: a few kilobytes can unpack to gigabytes.
    static (IdxFile File, uint Length) Parse(Stream content, IncrementalHash sum)
    {
        var magic = Take("the magic number takes", 4);
        if (magic is not [0, 0, var type, var dimensions])
            throw new InvalidDataException($"it begins with {Convert.ToHexString(magic)}; expected a magic number such as 00000803.");
        if (type != UnsignedByte)
            throw new InvalidDataException($"its elements are of type {type}; expected {UnsignedByte}, unsigned bytes.");
        if (dimensions == 0)
            throw new InvalidDataException("it has 0 dimensions; expected at least one.");

        var lengths = Take($"the lengths of its {dimensions} dimensions take", 4 * dimensions);
        int[] shape = [.. Enumerable.Range(0, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(lengths.AsSpan(4 * i)))];
        var named = $"its shape is {string.Join(" x ", shape)}, which takes";
        var expected = shape.Aggregate(BigInteger.One, (product, length) => product * length);
        if (shape.Any(length => length <= 0) || expected > Limit)
            throw new InvalidDataException($"{named} {expected} bytes; expected lengths of at least 1 and at most {Limit} bytes.");

        var values = Take(named, (int)expected);
        return Fill(new byte[1]) == 0
            ? (new IdxFile(shape, values), (uint)(magic.Length + lengths.Length + values.Length))
            : throw new InvalidDataException($"{named} {expected} bytes, but more follow.");

        byte[] Take(string what, int count)
        {
            var bytes = new byte[count];
            if (Fill(bytes) is var read && read < count)
                throw new InvalidDataException($"it is truncated: {what} {count} bytes, but {read} follow.");
            sum.AppendData(bytes);
            return bytes;
        }

        int Fill(byte[] bytes)
        {
            try
            {
                return content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            }
            catch (InvalidDataException problem)
            {
                throw new InvalidDataException($"it cannot be unpacked, it is truncated or damaged ({problem.Message})", problem);
            }
        }
    }

    // A packed file that was cut unpacks without an error as far as it goes. Its last four bytes hold the unpacked length.
    static bool EndsAfter(uint length, Stream file)
    {
        var mark = new byte[4];
        file.Position = file.Length - mark.Length;
        file.ReadExactly(mark);
        return BinaryPrimitives.ReadUInt32LittleEndian(mark) == length;
    }
}
