using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 09: is there less need for dropout and weight decay with batch norm, on so little data that they are needed?</summary>
static class LessRegularization
{
    public const string Name = "less-regularization", Plain = "plain", BatchNorm = "batch norm";
    public const string Dropout = "dropout", Decay = "L2";

    /// <summary>The side of a network with a regularizer.</summary>
    public static string With(string network, string regularizer) => $"{network} with {regularizer}";

    public static Study Make()
    {
        TrainingMetric[] metrics = [TrainingMetric.Accuracy, new("training accuracy", run => run.TrainingTests[^1].Accuracy)];
        var all = DataSets.Digits.Train;
        var few = DataSets.Digits with { Name = "200 digits", Train = all.Take(200) };
        var plain = new Experiment
        {
            Data = few,
            Network = new Perceptron(100, 100, 100),
            BatchSize = 50,
            Steps = 400,
            EvaluateEvery = 400,
            EvaluateTraining = true,
        };
        var normed = plain with { Normalization = Norm.Batch };
        TrainedSide Side(string name, Experiment experiment) => new(name, experiment, metrics)
        {
            Starts = experiment.Normalization == Norm.None ? [WeightInit.He] : [WeightInit.PyTorch, WeightInit.He],
            Rates = [0.05, 0.1, 0.2],
            TuningSeeds = 4,
            ChosenOn = few with { Test = all.Rows([.. Enumerable.Range(200, 400)]) }, // training digits that nobody trains on
        };
        return new Study
        {
            Name = Name,
            Question = "The first 200 training digits, perceptron 100-100-100 with ReLU, SGD, batches of 50, 400 steps: how accurate on the test digits with and without batch norm, and what do dropout (0.2) and weight decay (0.003) add to each, at each side's best start and learning rate?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides =
            [
                Side(Plain, plain),
                Side(With(Plain, Dropout), plain with { Dropout = 0.2 }),
                Side(With(Plain, Decay), plain with { WeightDecay = 0.003 }),
                Side(BatchNorm, normed),
                Side(With(BatchNorm, Dropout), normed with { Dropout = 0.2 }),
                Side(With(BatchNorm, Decay), normed with { WeightDecay = 0.003 }),
            ],
            Judgements =
            [
                new("less-regularization", Verdict,
                    results => $"batch norm is {Say.Points(Gain(results))} beside the plain network and {Say.Points(results.AccuracyDifference(BatchNorm, With(Plain, Dropout)))} beside the plain network with dropout; dropout puts the plain network {Say.Points(Adds(results, Plain, Dropout))} and the one with batch norm {Say.Points(Adds(results, BatchNorm, Dropout))}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["gain"] = results => Say.Points(Gain(results)),
                ["training"] = results => Say.Percent(results.Sides.Select(side => results.Mean(side, metrics[1].Name)).MinBy(mean => mean.Value)),
                ["against-dropout"] = results => Say.Points(results.AccuracyDifference(BatchNorm, With(Plain, Dropout))),
                ["dropout-on-plain"] = results => Say.Points(Adds(results, Plain, Dropout)),
                ["dropout-on-batch-norm"] = results => Say.Points(Adds(results, BatchNorm, Dropout)),
                ["decay-on-plain"] = results => Say.Points(Adds(results, Plain, Decay)),
                ["decay-on-batch-norm"] = results => Say.Points(Adds(results, BatchNorm, Decay)),
            },
        };
    }

    static Estimate Gain(Results results) => results.AccuracyDifference(BatchNorm, Plain);

    static Estimate Adds(Results results, string network, string regularizer) => results.AccuracyDifference(With(network, regularizer), network);

    // Less need would show in two ways: batch norm alone regularizes, and the regularizers add less to it than to the plain network.
    static Verdict Verdict(Results results)
    {
        Estimate Less(string regularizer) => Estimate.Mean([.. results.Differences(With(Plain, regularizer), Plain, TrainingMetric.Accuracy.Name)
            .Zip(results.Differences(With(BatchNorm, regularizer), BatchNorm, TrainingMetric.Accuracy.Name), (plain, normed) => plain - normed)]);
        return Estimate.Holm(Gain(results), Less(Dropout), Less(Decay)) switch
        {
            [{ Above: true }, { Above: true }, { Above: true }] => Claims.Verdict.Holds,
            [{ Above: true }, ..] and ([_, { Above: true }, _] or [.., { Above: true }]) => Claims.Verdict.HoldsIf, // if it is that regularizer
            [{ Above: false }, { Above: false }, { Above: false }] => Claims.Verdict.Wrong,
            _ => Claims.Verdict.Contested, // one of the two ways and not the other
        };
    }
}
