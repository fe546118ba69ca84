using System.Text;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// A message in protobuf's wire format: for each field its number and kind, then its value. A field may come again, and messages
/// lie within each other as bytes.
/// </summary>
internal sealed class Protobuf
{
    const int Varint = 0, Delimited = 2, Fixed32 = 5; // the kinds of fields

    readonly MemoryStream bytes = new();

    public Protobuf Number(int field, long value)
    {
        Tag(field, Varint);
        Write((ulong)value);
        return this;
    }

    public Protobuf Float(int field, float value)
    {
        Tag(field, Fixed32);
        bytes.Write(BitConverter.GetBytes(value));
        return this;
    }

    public Protobuf Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public Protobuf Message(int field, Protobuf message) => Bytes(field, message.ToArray());

    public Protobuf Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Delimited);
        Write((ulong)value.Length);
        bytes.Write(value);
        return this;
    }

    public byte[] ToArray() => bytes.ToArray();

    void Tag(int field, int kind) => Write((ulong)(field << 3 | kind));

    // Seven bits a byte, the lowest first; the eighth says that more follow.
    void Write(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.WriteByte((byte)(value | 0x80));
        bytes.WriteByte((byte)value);
    }
}
