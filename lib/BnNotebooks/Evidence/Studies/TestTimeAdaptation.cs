using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 18: what does a network gain by adapting to changed images while it is in use, and when does it lose by it?</summary>
static class TestTimeAdaptation
{
    public const string Name = "test-time", Batch = "batch norm", Group = "group norm";
    const string Source = "as trained", Statistics = "statistics of the batch", Adapted = "adapted";
    const string Single = "one at a time", Sorted = "sorted by class";
    const int Streamed = 400, StreamedSingly = 150, BatchSize = 64;
    static readonly double[] Rates = [0.0001, 0.001, 0.01], ManyRates = [0.0001, 0.0005, 0.002, 0.005, 0.02];

    public static readonly (string Name, Func<Samples, Samples> Of)[] Changes =
    [
        ("light 0.2", samples => ImageChanges.Darker(samples, 0.2)), ("fog 0.4", samples => ImageChanges.Foggy(samples, 0.4)),
        ("noise 0.3", samples => ImageChanges.Noisy(samples, 0.3)),
    ];

    public static Study Make()
    {
        TrainedSide Side(string name, Norm norm) => new(name, new Experiment
        {
            Data = DataSets.FashionMnist,
            Network = new Cnn(8, 16),
            Normalization = norm,
            BatchSize = 64,
            Steps = 250,
            EvaluateEvery = 250,
        }, [TrainingMetric.Accuracy])
        {
            Starts = [WeightInit.He],
            Rates = [0.1, 0.2, 0.5],
            TuningSeeds = 2,
            AtTheEnd = Look,
            AtTheEndIs = $"accuracy on {Streamed} changed test images ({string.Join(", ", Changes.Select(change => change.Name))}) in batches of {BatchSize}, as trained, by the batch's statistics, and with Tent at the best of {string.Join(" ", ManyRates)}; with noise 0.3 on {StreamedSingly} one at a time, best of {string.Join(" ", Rates)}, and sorted by class in batches of {BatchSize}; rates chosen on as many other test images in the same order",
        };
        return new Study
        {
            Name = Name,
            Question = "Fashion-MNIST, CNN 8-16 trained on clear images (250 steps of SGD, batches of 64): how accurate is it on images that are darker, foggier or noisier if γ, β and statistics adapt to the stream without labels (Tent), in batches of 64, one image at a time, and sorted by class? He's start, best learning rates for training and for Tent.",
            Metrics =
            [
                TrainingMetric.Accuracy.Name,
                .. from change in Changes from how in new[] { Source, Statistics, Adapted } select Metric(change.Name, how),
                .. from stream in new[] { Single, Sorted } from how in new[] { Source, Adapted } select Metric(stream, how),
            ],
            Seeds = 12,
            Sides = [Side(Batch, Norm.Batch), Side(Group, Norm.Group with { Groups = 4 })],
            Judgements =
            [
                new("statistics-of-the-shift", results => Judgement.InEach(InChanges(results, Statistics, Source)), results => Listed(results, Statistics, Source)),
                new("tent-beats-source", results => Judgement.InEach(InChanges(results, Adapted, Source)), results => Listed(results, Adapted, Source)),
                new("tent-beats-statistics", results => Judgement.InEach(InChanges(results, Adapted, Statistics)), results => Listed(results, Adapted, Statistics)),
                Fails("tent-fails-one-at-a-time", Single),
                Fails("tent-fails-on-sorted-classes", Sorted),
                new("group-norm-adapts-steadily",
                    results => Judgement.InEach(Steadier(results, Single), Steadier(results, Sorted)),
                    results => $"what adapting gains, group norm against batch norm: {Say.Points(Steadier(results, Single))} one at a time, {Say.Points(Steadier(results, Sorted))} sorted by class"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["statistics-against-source"] = results => Listed(results, Statistics, Source),
                ["tent-against-source"] = results => Listed(results, Adapted, Source),
                ["tent-against-statistics"] = results => Listed(results, Adapted, Statistics),
                ["single"] = results => Say.Points(Gain(results, Batch, Single)),
                ["sorted"] = results => Say.Points(Gain(results, Batch, Sorted)),
                ["single-group"] = results => Say.Points(Gain(results, Group, Single)),
                ["sorted-group"] = results => Say.Points(Gain(results, Group, Sorted)),
            },
        };
    }

    /// <summary>What is measured of a change or a stream.</summary>
    public static string Metric(string stream, string how) => $"{stream}: {how}";

    static IReadOnlyList<double> Look(Training training)
    {
        var test = DataSets.FashionMnist.Test;
        Samples Part(int from, int count) => test.Rows([.. Enumerable.Range(from, count)]);
        double Best(Samples toChoose, Samples stream, int batchSize, double[] rates) =>
            TestTime.Accuracy(training, stream, batchSize, rates.MaxBy(rate => TestTime.Accuracy(training, toChoose, batchSize, rate)));
        var (choose, measure) = (Part(0, Streamed), Part(Streamed, Streamed));
        List<double> values = [];
        foreach (var change in Changes)
        {
            var stream = change.Of(measure);
            values.AddRange(training.Evaluate(stream).Accuracy, TestTime.Accuracy(training, stream, BatchSize, 0), Best(change.Of(choose), stream, BatchSize, ManyRates));
        }
        Samples Noisy(Samples samples) => Changes[^1].Of(samples);
        var singly = Noisy(measure.Take(StreamedSingly));
        values.AddRange(training.Evaluate(singly).Accuracy, Best(Noisy(choose.Take(StreamedSingly)), singly, 1, Rates));
        var sorted = Noisy(ByClass(measure));
        values.AddRange(training.Evaluate(sorted).Accuracy, Best(Noisy(ByClass(choose)), sorted, BatchSize, ManyRates));
        return values;
    }

    /// <summary>Samples of the same class behind one another.</summary>
    public static Samples ByClass(Samples samples) =>
        samples.Rows([.. Enumerable.Range(0, samples.Count).OrderBy(row => samples.Labels![row])]);

    static Estimate[] InChanges(Results results, string how, string than) =>
        [.. Changes.Select(change => Gain(results, Batch, change.Name, how, than))];

    static string Listed(Results results, string how, string than) => string.Join(", ",
        Changes.Zip(Estimate.Holm(InChanges(results, how, than)), (change, gain) => $"{Say.Points(gain)} in {change.Name}"));

    static Judgement Fails(string claim, string stream) => new(claim,
        results => Gain(results, Batch, stream) switch
        {
            { Below: true } => Verdict.Holds,
            { Above: true } => Verdict.Wrong,
            _ => Verdict.Contested,
        },
        results => $"adapted, batch norm is {Say.Points(Gain(results, Batch, stream))} of itself as trained");

    static Estimate Gain(Results results, string side, string stream, string how = Adapted, string than = Source) =>
        Estimate.Mean(Gains(results, side, stream, how, than));

    static Estimate Steadier(Results results, string stream) => Estimate.Mean([.. Gains(results, Group, stream, Adapted, Source)
        .Zip(Gains(results, Batch, stream, Adapted, Source), (group, batch) => group - batch)]);

    static double[] Gains(Results results, string side, string stream, string how, string than) =>
        [.. results.Values(side, Metric(stream, how)).Zip(results.Values(side, Metric(stream, than)), (a, b) => a - b)];
}
