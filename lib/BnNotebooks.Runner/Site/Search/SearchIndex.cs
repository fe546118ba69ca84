using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BnNotebooks.Runner.Site;

/// <summary>
/// The index of the search, made here so that the browser only has to read it: what MiniSearch (<c>assets/vendor</c>) calls its
/// serialization, version 2. How words are told apart and which count is the same here as in <c>assets/search.js</c>.
/// </summary>
static partial class SearchIndex
{
    /// <summary>The file, below the assets. It is a script, because a page from the disk may read nothing else.</summary>
    public const string FileName = "search-index.js";

    static readonly string[] Fields = ["heading", "text", "code"];

    /// <summary>The script that gives the pages their index.</summary>
    /// <param name="sections">The places of all pages; a place's number is its place in the list.</param>
    public static string ToScript(IReadOnlyList<PageSection> sections) => $"\"use strict\";\nwindow.bnSearchIndex = {Of(sections).ToJsonString()};\n";

    static JsonObject Of(IReadOnlyList<PageSection> sections)
    {
        // word → field → place → how often it stands there
        var index = new SortedDictionary<string, SortedDictionary<int, SortedDictionary<int, int>>>(StringComparer.Ordinal);
        var lengths = new JsonObject();
        var totals = new double[Fields.Length];
        foreach (var (place, section) in sections.Index())
        {
            var length = new JsonArray();
            foreach (var (field, text) in new[] { section.Heading, section.Text, section.Code }.Index())
            {
                var words = Separators().Split(text);
                var different = words.Distinct().Count();
                length.Add(different);
                totals[field] += different;
                foreach (var word in words.Select(word => word.ToLowerInvariant()).Where(Counts))
                {
                    if (!index.TryGetValue(word, out var fields))
                        index[word] = fields = [];
                    if (!fields.TryGetValue(field, out var places))
                        fields[field] = places = [];
                    places[place] = places.GetValueOrDefault(place) + 1;
                }
            }
            lengths[$"{place}"] = length;
        }
        return new JsonObject
        {
            ["documentCount"] = sections.Count,
            ["nextId"] = sections.Count,
            ["documentIds"] = ByPlace(sections, (place, _) => place),
            ["fieldIds"] = new JsonObject(Fields.Index().Select(field => KeyValuePair.Create(field.Item, (JsonNode?)field.Index))),
            ["fieldLength"] = lengths,
            ["averageFieldLength"] = new JsonArray([.. totals.Select(total => (JsonNode)(total / Math.Max(1, sections.Count)))]),
            ["storedFields"] = ByPlace(sections, (_, section) => new JsonObject
            {
                ["page"] = section.Page,
                ["heading"] = section.Heading,
                ["address"] = section.Address,
                ["text"] = section.Text,
            }),
            ["dirtCount"] = 0,
            ["index"] = new JsonArray([.. index.Select(word => new JsonArray(word.Key, new JsonObject(word.Value.Select(field =>
                KeyValuePair.Create($"{field.Key}", (JsonNode?)new JsonObject(field.Value.Select(place => KeyValuePair.Create($"{place.Key}", (JsonNode?)place.Value)))))))) ]),
            ["serializationVersion"] = 2,
        };
    }

    static JsonObject ByPlace(IReadOnlyList<PageSection> sections, Func<int, PageSection, JsonNode> value) =>
        new(sections.Index().Select(entry => KeyValuePair.Create($"{entry.Index}", (JsonNode?)value(entry.Index, entry.Item))));

    // A single Latin letter or digit finds nothing that one would look for; a Greek letter does.
    static bool Counts(string word) => word.Length > 1 || (word.Length == 1 && !char.IsAscii(word[0]));

    [GeneratedRegex(@"[\n\r\p{Z}\p{P}]+")]
    private static partial Regex Separators();
}
