using System.Text.Json;
using System.Text.Json.Nodes;

namespace BnNotebooks.Runner.Execution;

/// <summary>Turns the messages of one cell into outputs as nbformat 4.5 writes them.</summary>
sealed class CellRecorder(int executionCount)
{
    // What the notebook, some levels deeper and with each name once, can be written with and read again.
    static readonly JsonDocumentOptions Readable = new() { MaxDepth = 50, AllowDuplicateProperties = false };

    readonly List<JsonObject> outputs = [];
    readonly System.Text.StringBuilder stream = new();
    string? streamName;

    /// <summary>Records a message.</summary>
    public void Add(HostMessage message)
    {
        switch (message.Kind)
        {
            case HostMessageKind.StandardOutput:
                AddStream("stdout", message.Text!);
                break;
            case HostMessageKind.StandardError:
                AddStream("stderr", message.Text!);
                break;
            case HostMessageKind.Display:
                Add(new JsonObject { ["output_type"] = "display_data", ["data"] = Bundle(message.Data!), ["metadata"] = new JsonObject() });
                break;
            case HostMessageKind.Result:
                Add(new JsonObject
                {
                    ["output_type"] = "execute_result",
                    ["execution_count"] = executionCount,
                    ["data"] = Bundle(message.Data!),
                    ["metadata"] = new JsonObject(),
                });
                break;
        }
    }

    /// <summary>Records why the cell failed.</summary>
    public void Add(CellFailure failure) => Add(new JsonObject
    {
        ["output_type"] = "error",
        ["ename"] = failure.Name,
        ["evalue"] = failure.Value,
        ["traceback"] = new JsonArray([.. failure.Trace.Select(line => JsonValue.Create(line))]),
    });

    /// <summary>The outputs in the order in which they came.</summary>
    public JsonArray ToJson()
    {
        EndStream();
        return new([.. outputs]);
    }

    void Add(JsonObject output)
    {
        EndStream();
        outputs.Add(output);
    }

    // What is written piece by piece to the same stream becomes one output.
    void AddStream(string name, string text)
    {
        if (name != streamName)
            EndStream();
        streamName = name;
        stream.Append(text);
    }

    void EndStream()
    {
        if (streamName is null)
            return;
        outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = streamName, ["text"] = Lines(stream.ToString()) });
        stream.Clear();
        streamName = null;
    }

    static JsonObject Bundle(IReadOnlyDictionary<string, string> data) =>
        new(data.Select(pair => KeyValuePair.Create(pair.Key, Content(pair.Key, pair.Value))));

    // nbformat keeps JSON as JSON, and text as a list of lines so that a diff of the file is readable.
    static JsonNode? Content(string mimeType, string text)
    {
        var isJson = mimeType == MimeTypes.Json || mimeType.EndsWith("+json", StringComparison.Ordinal);
        if (isJson && TryParse(text, out var json))
            return json;
        var isText = mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType.EndsWith("+xml", StringComparison.Ordinal);
        return isText ? Lines(text) : text;
    }

    static bool TryParse(string text, out JsonNode? json)
    {
        try
        {
            json = JsonNode.Parse(text, documentOptions: Readable);
            return true;
        }
        catch (JsonException)
        {
            json = null;
            return false;
        }
    }

    // Each line keeps its line feed; joined they are the text again.
    static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var feed ? feed + 1 : text.Length;
            lines.Add(JsonValue.Create(text[start..end]));
            start = end;
        }

        return lines;
    }
}
