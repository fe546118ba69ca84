using System.Text.Json;
using System.Text.Json.Serialization;

namespace BnNotebooks;

/// <summary>Reads files that hold records as JSON, mostly one array of them, and says of one that does not where in it what is wrong.</summary>
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
        var entries = ParseOne<T[]>(path, text, options);
        RequireAll(path, "$", entries);
        return entries;
    }

    /// <summary>The same for a file that holds one object, perhaps with lists in it.</summary>
    /// <exception cref="InvalidDataException">The text is no such object.</exception>
    public static T ParseOne<T>(string path, string text, JsonSerializerOptions options) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, options) ?? throw Null("$");
        }
        catch (JsonException error)
        {
            throw Damaged(path, error);
        }
    }

    /// <summary>Refuses a null among the entries of a list: an annotation can't say of one that nothing in it is null.</summary>
    /// <exception cref="InvalidDataException">There is one.</exception>
    public static void RequireAll<T>(string path, string place, IReadOnlyList<T> entries) where T : class
    {
        foreach (var (index, entry) in entries.Index())
            if (entry is null)
                throw Damaged(path, Null($"{place}[{index}]"));
    }

    static InvalidDataException Damaged(string path, JsonException error)
    {
        var line = error.LineNumber is { } before ? $" (line {before + 1})" : "";
        return new InvalidDataException($"{path}, at {error.Path}{line}: {error.Message.Split(". ")[0]}.", error);
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
