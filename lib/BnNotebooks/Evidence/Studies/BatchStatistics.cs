using BnNotebooks.Claims;
using BnNotebooks.Experiments;
using BnNotebooks.Experiments.Transformers;
using static BnNotebooks.Evidence.Studies.TransformerTask;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 19: do the statistics of a batch of text fluctuate more than those of a batch of images?</summary>
static class BatchStatistics
{
    public const string Name = "batch-statistics", Text = "text", Images = "images", Drift = "distance of a batch's mean (standard deviations)";
    const int Steps = 100, Looks = 40;

    public static Study Make() => new()
    {
        Name = Name,
        Question = $"How far does a batch's mean lie from that of all batches, in the channel's standard deviations: a transformer with batch norm and 16 sequences of 32 characters, a CNN 8-16 on Fashion-MNIST with batch norm and 16 images, each after {Steps} steps (rate fixed on purpose)?",
        Metrics = [Drift],
        Seeds = 10,
        Sides =
        [
            new MeasuredSide(Text, $"{OfText.Settings}; rate {OfText.LearningRate}; {Steps} steps, then {Looks} training batches; inputs of all normalizations", seed => [InText(seed)]),
            new MeasuredSide(Images, $"{OfImages.Settings()}; rate {OfImages.LearningRate}; {Steps} steps, then {Looks} training batches; inputs of all normalizations", seed => [InImages(seed)]),
        ],
        Judgements =
        [
            new("text-statistics-fluctuate",
                // Below 1 it is not so for characters; the authors speak of words, most of them rare.
                results => results.Ratio(Text, Images, Drift).Above ? Verdict.Holds : Verdict.Contested,
                Compared),
        ],
        Sentences = new Dictionary<string, Func<Results, string>> { ["drift"] = Compared },
    };

    static TextExperiment OfText => With(TokenNorm.Batch) with { LearningRate = 0.005, BatchSize = 16 };

    static Experiment OfImages => new() { Data = DataSets.FashionMnist, Network = new Cnn(8, 16), Normalization = Norm.Batch, BatchSize = 16, LearningRate = 0.1, Steps = Steps };

    static string Compared(Results results) =>
        $"a batch's mean lies {Say.Number(results.Mean(Text, Drift))} standard deviations from that of all in text and {Say.Number(results.Mean(Images, Drift))} in images, {Say.Times(results.Ratio(Text, Images, Drift), "times as far", "times nearer")}";

    static double InText(int seed)
    {
        using var training = OfText.Start(seed);
        training.Run(Steps);
        return TransformerProbes.DriftOfMeans(training, Looks);
    }

    static double InImages(int seed)
    {
        using var training = OfImages.Start(seed);
        training.Steps(Steps);
        return BatchDrift.Of(training, Looks);
    }
}
