using System.Buffers.Binary;
using System.Text.Json;

namespace BnNotebooks.Core;

/// <summary>
/// Reads and writes safetensors files, which Python's <c>safetensors</c> opens: eight bytes that say how long the header is,
/// the header (JSON: name, type, shape and place of each tensor), then the tensors' little-endian bytes one after the other.
/// </summary>
/// <remarks>
/// Format: https://huggingface.co/docs/safetensors. Of its types, those that <see cref="StateTensor.DType"/> names are read and written
/// here. What the format's own reader refuses is refused: gaps, overlaps, two tensors of a name, sizes that do not fit, text after the header.
/// </remarks>
public static class SafeTensors
{
    private const int LengthBytes = sizeof(ulong);
    private const string Metadata = "__metadata__";
    private const int LongestHeader = 100_000_000;      // as in the format's own reader

    /// <summary>Writes tensors to a file. The file is written beside and then renamed: it is the old one or the new one, whole.</summary>
    /// <param name="path">The file; replaced if it exists. Of a link, the file that it leads to is.</param>
    /// <param name="tensors">The tensors by name, as <see cref="Layer{T}.StateDict"/> gives them.</param>
    /// <exception cref="ArgumentException">A tensor is called <c>__metadata__</c>, which the format keeps for itself.</exception>
    /// <exception cref="IOException">The file cannot be written, or the path is that of a directory, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write it.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, StateTensor> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.ContainsKey(Metadata))
            throw new ArgumentException($"Expected any name but '{Metadata}', which the format keeps for itself.", nameof(tensors));

        foreach (var (name, tensor) in tensors)
            if (tensor is null)
                throw new ArgumentException($"Expected a tensor for every name, but that of '{name}' is null.", nameof(tensors));

        var header = Header(tensors);
        WholeFile.Write(Replaceable(path), file =>
        {
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            file.Write(length);
            file.Write(header);
            foreach (var tensor in tensors.Values)
                file.Write(tensor.Bytes);
        });
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors by name, in the file's order, for <see cref="Layer{T}.LoadStateDict"/>.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is truncated, is no safetensors file or no file at all, or holds a tensor of another type or of more than 2 GB.
    /// </exception>
    public static IReadOnlyDictionary<string, StateTensor> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (Directory.Exists(path))
                throw new InvalidDataException("it is a directory.");
            // Before it is opened: a device or a pipe, which has no length, may never begin or never end.
            var info = new FileInfo(WholeFile.Target(path));
            if (info.Exists && info.Length < LengthBytes)
                throw new InvalidDataException($"expected at least {LengthBytes} bytes, but there are {info.Length}.");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            return Read(file);
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or EndOfStreamException)
        {
            throw new InvalidDataException($"'{path}' is not a whole safetensors file: {problem.Message}", problem);
        }
    }

    // The path behind links. A device or a pipe, which has no length and cannot be given one, would be replaced by a file.
    private static string Replaceable(string path)
    {
        var file = new FileInfo(WholeFile.Target(path));
        if (Directory.Exists(file.FullName))
            throw new IOException($"Expected the name of a file, but '{path}' is a directory.");
        if (!file.Exists || file.Length > 0)
            return file.FullName;
        try
        {
            using var handle = File.OpenHandle(file.FullName, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.SetLength(handle, 0);
            return file.FullName;
        }
        catch (Exception problem) when (problem is IOException or NotSupportedException)
        {
            throw new IOException($"Expected the name of a file, but '{path}' is something else, such as a device or a pipe.", problem);
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

    private static Dictionary<string, StateTensor> Read(FileStream file)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        file.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerLength > (ulong)(file.Length - LengthBytes))
            throw new InvalidDataException($"the header should take {headerLength} bytes, but only {file.Length - LengthBytes} follow.");
        if (headerLength > LongestHeader)
            throw new InvalidDataException($"the header takes {headerLength} bytes; expected at most {LongestHeader}.");
        var header = new byte[headerLength];
        file.ReadExactly(header);
        if (header is not [(byte)'{', ..])
            throw new InvalidDataException("the header should begin with '{'.");

        // In the order of their bytes, which must follow one another from the first to the last.
        using var document = JsonDocument.Parse(header);
        var entries = document.RootElement.EnumerateObject().Where(entry => !IsMetadata(entry))
            .Select(entry => (entry.Name, entry.Value, Place: Offsets(entry))).OrderBy(entry => entry.Place);
        var tensors = new Dictionary<string, StateTensor>();
        var (position, dataLength) = (0L, file.Length - file.Position);
        foreach (var (name, value, (begin, end)) in entries)
        {
            if (begin != position || end < begin)
                throw new InvalidDataException($"'{name}' should begin at byte {position}, but it goes from {begin} to {end}.");
            if (end > dataLength)
                throw new InvalidDataException($"'{name}' should end at byte {end} of the data, but there are only {dataLength}.");
            var tensor = Tensor(name, value, end - begin);
            if (!tensors.TryAdd(name, tensor))
                throw new InvalidDataException($"'{name}' is there twice.");
            file.ReadExactly(tensor.Bytes);
            position = end;
        }
        if (position != dataLength)
            throw new InvalidDataException($"the tensors end at byte {position} of the data, but there are {dataLength}.");
        return tensors;
    }

    private static bool IsMetadata(JsonProperty entry)
    {
        if (entry.Name != Metadata)
            return false;
        foreach (var item in entry.Value.EnumerateObject())
            if (item.Value.ValueKind != JsonValueKind.String)
                throw new InvalidDataException($"'{Metadata}' should hold texts, but '{item.Name}' is none.");
        return true;
    }

    private static (long Begin, long End) Offsets(JsonProperty entry)
    {
        var offsets = entry.Value.GetProperty("data_offsets");
        return offsets.GetArrayLength() == 2
            ? (offsets[0].GetInt64(), offsets[1].GetInt64())
            : throw new InvalidDataException($"'{entry.Name}' should have two offsets, but has {offsets.GetArrayLength()}.");
    }

    private static StateTensor Tensor(string name, JsonElement value, long bytes)
    {
        nint[] shape = [.. value.GetProperty("shape").EnumerateArray().Select(length => (nint)length.GetInt64())];
        var dType = value.GetProperty("dtype").GetString();
        var single = StateTensor.Create(name, dType, [], 1)
            ?? throw new InvalidDataException($"'{name}' is of type {dType}; expected {StateTensor.KnownDTypes}.");
        var count = StateTensor.Count(shape);
        if (count is null || (Int128)count * single.Bytes.Length != bytes)
            throw new InvalidDataException(
                $"'{name}' of shape {Guard.Show(shape)} should take {(count is null ? "more" : (Int128)count * single.Bytes.Length)} bytes"
                + $"{(count is null ? " than can be counted" : "")}, but has {bytes}.");
        if (bytes > int.MaxValue)
            throw new InvalidDataException($"'{name}' takes {bytes} bytes; expected at most {int.MaxValue}.");
        return StateTensor.Create(name, dType, shape, (int)count)!;
    }
}
