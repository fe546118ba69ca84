using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plotly.NET;

/// <summary>
/// Writes attribute values as the real package's serializer (Newtonsoft.Json with its default settings) does: numbers
/// round-trip and keep a decimal point (<c>1.0</c>), NaN and the infinities become the strings "NaN", "Infinity" and
/// "-Infinity", an enum its number, names and order stay as given, and null is written, not left out.
/// </summary>
static class JsonText
{
    public static string Of(object value)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(value, json);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    static void Write(object value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string or char: json.WriteStringValue(value.ToString()); break;
            case bool b: json.WriteBooleanValue(b); break;
            case double d: WriteReal(d.ToString("R", CultureInfo.InvariantCulture), double.IsFinite(d), json); break;
            case float f: WriteReal(f.ToString("R", CultureInfo.InvariantCulture), float.IsFinite(f), json); break;
            case decimal m: WriteReal(m.ToString(CultureInfo.InvariantCulture), true, json); break;
            case Enum e: json.WriteRawValue(e.ToString("D")); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong:
                json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"{value}"));
                break;
            case DynamicObj.DynamicObj o: WriteObject(o.GetProperties(true), json); break;
            case IDictionary dictionary: WriteObject(Entries(dictionary), json); break;
            case Array { Rank: > 1 } array: WriteRows(array, [], json); break;
            case IEnumerable items and not byte[]:
                json.WriteStartArray();
                foreach (var item in items)
                    Write(item, json);
                json.WriteEndArray();
                break;
            default:
                throw new NotSupportedException(
                    $"This stand-in for Plotly.NET writes numbers, strings, bools, arrays, lists and dictionaries; it got a {value.GetType()}.");
        }
    }

    static void WriteReal(string digits, bool finite, Utf8JsonWriter json)
    {
        if (!finite)
            json.WriteStringValue(digits);
        else
            json.WriteRawValue(digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0");
    }

    static void WriteObject(IEnumerable<KeyValuePair<string, object>> entries, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, value) in entries)
        {
            json.WritePropertyName(name);
            Write(value, json);
        }
        json.WriteEndObject();
    }

    static IEnumerable<KeyValuePair<string, object>> Entries(IDictionary dictionary) => dictionary.Keys.Cast<object>()
        .Select(key => KeyValuePair.Create(Convert.ToString(key, CultureInfo.InvariantCulture), dictionary[key]));

    /// <summary>An array of several dimensions as arrays within arrays; the indices lead down to the current row.</summary>
    static void WriteRows(Array array, int[] indices, Utf8JsonWriter json)
    {
        if (indices.Length == array.Rank)
        {
            Write(array.GetValue(indices), json);
            return;
        }
        json.WriteStartArray();
        for (var i = 0; i < array.GetLength(indices.Length); i++)
            WriteRows(array, [.. indices, i], json);
        json.WriteEndArray();
    }
}
