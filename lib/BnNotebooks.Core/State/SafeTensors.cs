using System.Buffers.Binary;
using System.Text.Json;

namespace BnNotebooks.Core;

/// <summary>
/// Reads and writes safetensors files, which Python's <c>safetensors</c> opens: eight bytes that say how long the header is,
/// the header (JSON: name, type, shape and place of each tensor), then the tensors' little-endian bytes one after the other.
/// </summary>
/// <remarks>Format: https://huggingface.co/docs/safetensors. Of its types, F32, F64 and I64 are read and written here.</remarks>
public static class SafeTensors
{
    private const int LengthBytes = sizeof(ulong);
    private const string Metadata = "__metadata__";

    /// <summary>Writes tensors to a file. The file is written beside and then renamed: it is the old one or the new one, whole.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="tensors">The tensors by name, as <see cref="Layer{T}.StateDict"/> gives them.</param>
    /// <exception cref="ArgumentException">A tensor is called <c>__metadata__</c>, which the format keeps for itself.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write it.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, StateTensor> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.ContainsKey(Metadata))
            throw new ArgumentException($"Expected any name but '{Metadata}', which the format keeps for itself.", nameof(tensors));

        var header = Header(tensors);
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Span<byte> length = stackalloc byte[LengthBytes];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                file.Write(length);
                file.Write(header);
                foreach (var tensor in tensors.Values)
                    file.Write(tensor.Bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors by name, in the file's order, for <see cref="Layer{T}.LoadStateDict"/>.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is truncated, is no safetensors file, or holds a type other than F32, F64 and I64.
    /// </exception>
    public static IReadOnlyDictionary<string, StateTensor> Load(string path)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            return Parse(bytes);
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"'{path}' is not a whole safetensors file: {problem.Message}", problem);
        }
    }

    private static byte[] Header(IReadOnlyDictionary<string, StateTensor> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            var offset = 0L;
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.DType);
                json.WriteStartArray("shape");
                foreach (var length in tensor.Shape)
                    json.WriteNumberValue(length);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }

        // Spaces at the end of the header bring the data to a multiple of eight, so that it can be mapped into memory.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static Dictionary<string, StateTensor> Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < LengthBytes)
            throw new InvalidDataException($"expected at least {LengthBytes} bytes, but there are {file.Length}.");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerLength > (ulong)(file.Length - LengthBytes))
            throw new InvalidDataException($"the header should take {headerLength} bytes, but only {file.Length - LengthBytes} follow.");

        var header = new Utf8JsonReader(file.Slice(LengthBytes, (int)headerLength));
        using var document = JsonDocument.ParseValue(ref header);
        var data = file[(LengthBytes + (int)headerLength)..];

        // In the order of their bytes, which must follow one another from the first to the last.
        var entries = document.RootElement.EnumerateObject().Where(entry => entry.Name != Metadata)
            .OrderBy(entry => entry.Value.GetProperty("data_offsets")[0].GetInt64());
        var tensors = new Dictionary<string, StateTensor>();
        var position = 0L;
        foreach (var entry in entries)
        {
            var offsets = entry.Value.GetProperty("data_offsets");
            var (begin, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
            if (begin != position || end < begin)
                throw new InvalidDataException($"'{entry.Name}' should begin at byte {position}, but it goes from {begin} to {end}.");
            if (end > data.Length)
                throw new InvalidDataException($"'{entry.Name}' should end at byte {end} of the data, but there are only {data.Length}.");
            if (!tensors.TryAdd(entry.Name, Tensor(entry, data[(int)begin..(int)end])))
                throw new InvalidDataException($"'{entry.Name}' is there twice.");
            position = end;
        }
        if (position != data.Length)
            throw new InvalidDataException($"the tensors end at byte {position} of the data, but there are {data.Length}.");
        return tensors;
    }

    private static StateTensor Tensor(JsonProperty entry, ReadOnlySpan<byte> bytes)
    {
        nint[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(length => (nint)length.GetInt64())];
        return entry.Value.GetProperty("dtype").GetString() switch
        {
            "F32" => Tensor<float>(entry.Name, bytes, shape, sizeof(float)),
            "F64" => Tensor<double>(entry.Name, bytes, shape, sizeof(double)),
            "I64" => Tensor<long>(entry.Name, bytes, shape, sizeof(long)),
            var other => throw new InvalidDataException($"'{entry.Name}' is of type {other}; expected F32, F64 or I64."),
        };
    }

    private static StateTensor Tensor<T>(string name, ReadOnlySpan<byte> bytes, nint[] shape, int size) where T : unmanaged
    {
        var elements = shape.Aggregate(System.Numerics.BigInteger.One, (product, length) => product * length);
        if (shape.Any(length => length < 0) || elements * size != bytes.Length)
            throw new InvalidDataException($"'{name}' of shape {Guard.Show(shape)} should take {elements * size} bytes, but has {bytes.Length}.");
        var tensor = StateTensor.Over(name, new T[(int)elements], shape);
        bytes.CopyTo(tensor.Bytes);
        return tensor;
    }
}
