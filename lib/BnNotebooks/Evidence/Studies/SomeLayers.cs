using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 11: which of five hidden layers need batch norm, where every choice starts as well as it can?</summary>
static class SomeLayers
{
    public const string Name = "some-layers";
    const string None = "none", First = "first", Last = "last", Every = "1 3 5", All = "all";
    static readonly (string Name, int[] Layers)[] Choices = [(None, []), (First, [1]), (Last, [5]), (Every, [1, 3, 5]), (All, [1, 2, 3, 4, 5])];
    static readonly Activation[] Activations = [Activation.ReLU, Activation.Sigmoid];
    static readonly string[] Selective = [First, Last, Every];

    public static Study Make() => new()
    {
        Name = Name,
        Question = "Digits, perceptrons of five hidden layers of 60 units with ReLU and with sigmoids, 400 steps of SGD with batches of 60: what accuracy with batch norm in none, some and all hidden layers, each with its best start and learning rate?",
        Metrics = [TrainingMetric.Accuracy.Name],
        Sides = [.. from activation in Activations from choice in Choices select Side(activation, choice.Name, choice.Layers)],
        Judgements =
        [
            // Not always needed in all: some choice of fewer layers is not behind all five. In which networks?
            new("not-in-all-layers",
                results => Activations.Count(activation => Selective.Any(choice => !Against(results, activation, choice).Below)) switch
                {
                    2 => Verdict.Holds,
                    1 => Verdict.HoldsIf,
                    _ => Verdict.Wrong,
                },
                results => string.Join("; ", Activations.Select(activation =>
                    $"layers 1, 3 and 5 against all five with {Plural(activation)}: {Say.Points(Against(results, activation, Every))}"))),
        ],
        Sentences = new Dictionary<string, Func<Results, string>>(
            from activation in Activations
            from choice in Choices
            where choice.Name != All
            select new KeyValuePair<string, Func<Results, string>>(
                $"{activation.ToString().ToLowerInvariant()}-{choice.Name.Replace(' ', '-')}", results => Say.Points(Against(results, activation, choice.Name)))),
    };

    static string Plural(Activation activation) => activation == Activation.ReLU ? "ReLU" : "sigmoids";

    static string At(Activation activation, string choice) => $"{activation}: {choice}";

    static TrainedSide Side(Activation activation, string name, int[] layers)
    {
        // A sigmoid's slope is at most ¼, so that its good start is four times Xavier's (study sigmoids).
        WeightInit[] good = activation == Activation.ReLU ? [WeightInit.He] : [WeightInit.Xavier, WeightInit.Xavier.Times(4)];
        return new(At(activation, name), new Experiment
        {
            Data = DataSets.Digits,
            Network = Perceptron.Deep(layers: 5, width: 60) with { Activation = activation },
            Normalization = layers.Length == 0 ? Norm.None : Norm.Batch,
            NormalizedLayers = layers.Length is 0 or 5 ? null : layers,
            Steps = 400,
            EvaluateEvery = 400,
        }, [TrainingMetric.Accuracy])
        {
            Starts = name == All ? [WeightInit.PyTorch, .. good] : good, // the default is a bad start wherever a layer is not normalized
            Rates = activation == Activation.ReLU ? [0.05, 0.1, 0.2] : [0.5, 1, 2],
            TuningSeeds = 2,
        };
    }

    static Estimate Against(Results results, Activation activation, string choice)
    {
        (Activation Activation, string Choice)[] all = [.. from a in Activations from c in Choices where c.Name != All select (a, c.Name)];
        return Estimate.Holm([.. all.Select(pair => results.AccuracyDifference(At(pair.Activation, pair.Choice), At(pair.Activation, All)))])
            [Array.IndexOf(all, (activation, choice))];
    }
}
