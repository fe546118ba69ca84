using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BnNotebooks.Claims;

/// <summary>How the ledger is written: camel case, verdicts in words, and no property that nobody knows, letters of any alphabet as they are.</summary>
static class ClaimJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonList.Options)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // γ stays γ; the file is no part of a web page
        WriteIndented = true,
        Converters = { new VerdictConverter() },
    };

    sealed class VerdictConverter : JsonConverter<Verdict>
    {
        public override Verdict Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            return VerdictText.Parse(text) ?? throw new JsonException(
                $"Expected one of the verdicts {string.Join(", ", Enum.GetValues<Verdict>().Select(verdict => $"'{verdict.ToText()}'"))}, but it is '{text}'.");
        }

        public override void Write(Utf8JsonWriter writer, Verdict value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToText());
    }
}
