using System.Text.Json;
using System.Text.Json.Serialization;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Networks;

/// <summary>What to train, on what and how: all that the reader of the playground chooses. The same description gives the same numbers again.</summary>
sealed record RunDescription
{
    public static readonly string[] Placements = ["before", "after"];
    public static readonly string[] Starts = ["pytorch", "xavier", "he"];

    /// <summary>The points of the plane: one of <see cref="PlaneData.Names"/>.</summary>
    public string Data { get; set; } = "spirals";

    /// <summary>How many hidden layers.</summary>
    public int Depth { get; set; } = 3;

    /// <summary>How many units in each of them.</summary>
    public int Width { get; set; } = 16;

    /// <summary>One of <see cref="Activations.Names"/>.</summary>
    public string Activation { get; set; } = "relu";

    /// <summary>One of <see cref="Normalizations.Names"/>.</summary>
    public string Normalization { get; set; } = "batch";

    /// <summary>Whether the normalization stands before the activation or after it.</summary>
    public string Placement { get; set; } = "before";

    /// <summary>How the linear layers begin.</summary>
    public string Start { get; set; } = "he";

    /// <summary>The learning rate of plain gradient descent.</summary>
    public double Rate { get; set; } = 0.1;

    /// <summary>The factor by which the rate grows in each step: 1, or 1.03 for 3 % a step.</summary>
    public double Growth { get; set; } = 1;

    /// <summary>The share of the newest batch in the running averages.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>How many points make a batch: a power of two, so that the batches divide the points.</summary>
    public int BatchSize { get; set; } = 32;

    /// <summary>Decides the points, the initial weights and the order of the batches.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Reads one. What it does not name is as by default.</summary>
    /// <exception cref="ArgumentException">It is no description, or a value is none that there is.</exception>
    public static RunDescription Parse(string json)
    {
        RunDescription? read;
        try
        {
            read = JsonSerializer.Deserialize(json, DescriptionJson.Default.RunDescription);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"Expected the description of a run as JSON, but it cannot be read: {error.Message}", nameof(json), error);
        }
        return (read ?? throw new ArgumentException("Expected the description of a run, but it is null.", nameof(json))).Checked();
    }

    RunDescription Checked()
    {
        OneOf(Data, PlaneData.Names, "data set");
        OneOf(Activation, Activations.Names, "activation");
        OneOf(Normalization, Normalizations.Names, "normalization");
        OneOf(Placement, Placements, "placement");
        OneOf(Start, Starts, "start");
        Within(Depth, 1, 10, "depth");
        Within(Width, 1, 64, "width");
        Within(Rate, 0, 1e6, "learning rate");
        Within(Growth, 1, 2, "growth of the learning rate");
        Within(Momentum, 0, 1, "momentum");
        Within(BatchSize, 1, PlaneData.Count, "batch size");
        if (PlaneData.Count % BatchSize != 0)
            throw new ArgumentException($"Expected a batch size that divides {PlaneData.Count}, but it is {BatchSize}.");
        return this;
    }

    static void OneOf(string value, IEnumerable<string> known, string what)
    {
        if (!known.Contains(value))
            throw new ArgumentException($"There is no {what} \"{value}\". Take one of {string.Join(", ", known)}.");
    }

    static void Within(double value, double least, double most, string what)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentException($"Expected a {what} from {least} to {most}, but it is {value}.");
    }
}

// By source, because the trimmed engine has no reflection over types. (Such a reader keeps the defaults of properties with set, not of those with init.)
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RunDescription))]
sealed partial class DescriptionJson : JsonSerializerContext;
