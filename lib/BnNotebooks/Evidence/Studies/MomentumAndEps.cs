using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 11: do other values of momentum and ε than the defaults gain accuracy, in a run of usual length and in a brief one?</summary>
static class MomentumAndEps
{
    public const string Name = "momentum-and-eps";
    const string Usual = "300 steps", Brief = "20 steps";
    static readonly (string Name, Norm Norm)[] Values =
    [
        ("momentum 0.01", Norm.Batch with { Momentum = 0.01 }), ("momentum 0.5", Norm.Batch with { Momentum = 0.5 }),
        ("eps 1e-3", Norm.Batch with { Eps = 1e-3 }), ("eps 0.1", Norm.Batch with { Eps = 0.1 }),
    ];
    static readonly string[] Lengths = [Usual, Brief];

    public static Study Make()
    {
        TrainedSide Side(string length, string name, Norm norm) => new(At(length, name), new Experiment
        {
            Data = DataSets.Digits,
            Network = new Perceptron(100, 100, 100),
            Normalization = norm,
            Steps = length == Usual ? 300 : 20,
            EvaluateEvery = 300,
        }, [TrainingMetric.Accuracy])
        {
            Starts = [WeightInit.He],
            Rates = [0.1, 0.2, 0.5],
            TuningSeeds = 2,
        };
        return new Study
        {
            Name = Name,
            Question = "Digits, perceptron 100-100-100 with batch norm, SGD, batches of 60, He's start: what accuracy with other values of momentum and ε than the defaults (0.1 and 1e-5), after 300 steps and after 20, each with its best learning rate?",
            Metrics = [TrainingMetric.Accuracy.Name],
            Sides =
            [
                .. from length in Lengths
                   from value in Values.Prepend(("default", Norm.Batch))
                   select Side(length, value.Item1, value.Item2),
            ],
            Judgements =
            [
                new("tuning-momentum-and-eps",
                    results => (Any(results, Usual, gain => gain.Above), Any(results, Brief, gain => gain.Above), Any(results, Brief, gain => gain.Below)) switch
                    {
                        (true, _, _) => Verdict.Holds, // also where the run is long enough for the defaults
                        (_, true, _) => Verdict.HoldsIf, // if it is not
                        (_, _, true) => Verdict.HoldsIf, // no value beats the default, but from one that does not suit the run's length there is something to gain
                        _ => Verdict.Wrong,
                    },
                    results => $"a momentum of 0.01 against the default after 20 steps: {Say.Points(Gain(results, Brief, "momentum 0.01"))}; a momentum of 0.5 against the default: {Say.Points(Gain(results, Brief, "momentum 0.5"))} after 20 steps, {Say.Points(Gain(results, Usual, "momentum 0.5"))} after 300"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>(
                from length in Lengths
                from value in Values
                select new KeyValuePair<string, Func<Results, string>>(
                    $"{value.Name.Replace(' ', '-').Replace('.', '-')}-after-{length.Split(' ')[0]}", results => Say.Points(Gain(results, length, value.Name)))),
        };
    }

    static string At(string length, string value) => $"{length}: {value}";

    static bool Any(Results results, string length, Func<Estimate, bool> such) => Values.Any(value => such(Gain(results, length, value.Name)));

    static Estimate Gain(Results results, string length, string value)
    {
        (string Length, string Value)[] all = [.. from l in Lengths from v in Values select (l, v.Name)];
        return Estimate.Holm([.. all.Select(pair => results.AccuracyDifference(At(pair.Length, pair.Value), At(pair.Length, "default")))])
            [Array.IndexOf(all, (length, value))];
    }
}
