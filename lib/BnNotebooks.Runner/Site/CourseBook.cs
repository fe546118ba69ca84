using System.Text.Json;
using System.Text.Json.Serialization;
using BnNotebooks.Evidence;

namespace BnNotebooks.Runner.Site;

/// <summary>What <c>notebooks/course.json</c> says of the course as a whole: what each notebook finds, and in which order to read.</summary>
/// <param name="Notebooks">The notebooks in the order of the course.</param>
/// <param name="Paths">Ways through it, for readers with different time or needs.</param>
public sealed record CourseBook(IReadOnlyList<BookEntry> Notebooks, IReadOnlyList<ReadingPath> Paths)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "course.json";

    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>A course about which nothing is said.</summary>
    public static CourseBook Empty { get; } = new([], []);

    /// <summary>Reads the book of the notebooks in a folder; one without the file has an empty book.</summary>
    /// <exception cref="InvalidDataException">The file is no such book; the message says where.</exception>
    public static CourseBook Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return Empty;
        try
        {
            return JsonSerializer.Deserialize<CourseBook>(File.ReadAllText(path), options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}, at {error.Path}: {error.Message}", error);
        }
    }

    /// <summary>What is said of a notebook, or null.</summary>
    public BookEntry? About(string notebook) => Notebooks.FirstOrDefault(entry => entry.Notebook == notebook);
}

/// <summary>One notebook of the book.</summary>
/// <param name="Notebook">Its name: <c>01-introduction</c>.</param>
/// <param name="Minutes">How long it takes to read and to answer, in minutes.</param>
/// <param name="Finding">What it finds, in a sentence. <c>{faster-training/gain}</c> stands for a sentence that the evidence composes.</param>
/// <param name="Chart">The id of the cell whose chart is its picture.</param>
public sealed record BookEntry(string Notebook, int Minutes, string Finding, string Chart)
{
    /// <summary>The finding with the evidence's sentences in their places.</summary>
    [JsonIgnore]
    public string Sentence => Prose.FillBraces(Finding);

    /// <summary>Where its picture lies, below the notebooks' folder.</summary>
    [JsonIgnore]
    public string Thumbnail => $"images/thumbnails/{Notebook.Split('-')[0]}.png";
}

/// <summary>A way through the course.</summary>
/// <param name="Name">What it is called: <c>An afternoon</c>.</param>
/// <param name="For">Whom it is for, and what they have afterwards, in a sentence.</param>
/// <param name="Notebooks">What to read, in order.</param>
public sealed record ReadingPath(string Name, string For, IReadOnlyList<string> Notebooks);
