using System.Text.Json;
using System.Text.Json.Serialization;

namespace BnNotebooks;

/// <summary>Reads files that hold one JSON array of records, and says of one that does not where in it what is wrong.</summary>
static class JsonList
{
    /// <summary>What is the same for all such files: nothing is null that may not be, no field is missing or there twice.</summary>
    public static JsonSerializerOptions Options => new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new FiniteNumber() },
    };

    /// <exception cref="InvalidDataException">The text is no such list; the message names the file, the entry and the field.</exception>
    public static T[] Parse<T>(string path, string text, JsonSerializerOptions options) where T : class
    {
        try
        {
            var entries = JsonSerializer.Deserialize<T[]>(text, options) ?? throw Null("$");
            // An annotation can't say of an array that nothing in it is null.
            return Array.IndexOf(entries, null) is >= 0 and var index ? throw Null($"$[{index}]") : entries;
        }
        catch (JsonException error)
        {
            var line = error.LineNumber is { } before ? $" (line {before + 1})" : "";
            throw new InvalidDataException($"{path}, at {error.Path}{line}: {error.Message.Split(". ")[0]}.", error);
        }
    }

    static JsonException Null(string place) => new("it is null, where a value is needed", place, null, null);

    /// <summary>JSON knows no infinity, but 1e999 would be read as one.</summary>
    sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value)
                ? value
                : throw new JsonException("Expected a finite number");

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }
}
