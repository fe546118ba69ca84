using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 18: does a network read from its batch what a sample alone does not tell?</summary>
static class CheatChannel
{
    public const string Name = "cheat-channel", None = "none among siblings", Batch = "batch norm among siblings", Layer = "layer norm among siblings", Shuffled = "batch norm among strangers";
    const string Among = "accuracy in such batches", Alone = "accuracy alone";
    const int Steps = 300;

    public static Study Make() => new()
    {
        Name = Name,
        Question = "Samples in families that a common amount moves, 16 features, perceptron 32 with ReLU, 300 steps of SGD with batches of 16, a family each or shuffled: how accurate is the network on new families, in such batches by their statistics, and on each sample alone by running statistics? He's start, each with its best learning rate.",
        Metrics = [Among, Alone],
        Sides =
        [
            SideOf(None, Norm.None, shuffled: false), SideOf(Batch, Norm.Batch, shuffled: false),
            SideOf(Layer, Norm.Layer, shuffled: false), SideOf(Shuffled, Norm.Batch, shuffled: true),
        ],
        Judgements =
        [
            new("batch-statistics-leak",
                results => (results.Difference(Batch, None, Among), Lost(results)) switch
                {
                    ({ Above: true }, { Above: true }) => Verdict.Holds,
                    ({ Above: false }, _) => Verdict.Wrong,
                    _ => Verdict.HoldsIf, // it knows more, but also alone
                },
                results => $"among siblings batch norm is {Say.Points(results.Difference(Batch, None, Among))} of no normalization; alone, it is {Say.Points(Lost(results), "behind", "ahead")} of itself among them"),
            new("shuffling-closes-the-leak",
                results => (results.Difference(Shuffled, Batch, Among).Below, results.Difference(Shuffled, None, Among).Above) switch
                {
                    (true, false) => Verdict.Holds,
                    (true, true) => Verdict.HoldsIf, // it leaks less
                    _ => Verdict.Wrong,
                },
                results => $"among strangers, batch norm is {Say.Points(results.Difference(Shuffled, Batch, Among))} of batch norm among siblings; against no normalization: {Say.Points(results.Difference(Shuffled, None, Among))}"),
        ],
        Sentences = new Dictionary<string, Func<Results, string>>
        {
            ["among"] = results => Say.Percent(results.Mean(Batch, Among)),
            ["alone"] = results => Say.Percent(results.Mean(Batch, Alone)),
            ["none"] = results => Say.Percent(results.Mean(None, Among)),
            ["layer"] = results => Say.Percent(results.Mean(Layer, Among)),
            ["strangers"] = results => Say.Percent(results.Mean(Shuffled, Among)),
            ["against-none"] = results => Say.Points(results.Difference(Batch, None, Among)),
            ["lost-alone"] = results => Say.Points(Lost(results), "lost", "gained"),
        },
    };

    /// <summary>Trains on families or on shuffled samples.</summary>
    /// <returns>Accuracy in batches as in training, and of each sample alone.</returns>
    public static double[] Run(Norm norm, bool shuffled, double rate, int seed)
    {
        var data = Siblings.Make(seed);
        var experiment = new Experiment
        {
            Data = data,
            Network = new Perceptron(32),
            Normalization = norm,
            Init = WeightInit.He,
            LearningRate = rate,
            BatchSize = Siblings.FamilySize,
            Steps = Steps,
        };
        using var training = experiment.Start(seed);
        var random = new Random(seed);
        for (var step = 0; step < Steps; step++)
            if (shuffled)
                training.Step();
            else
                training.StepOn(Siblings.Family(random.Next(Siblings.FamiliesToTrainOn)));
        int[] order = [.. Enumerable.Range(0, data.Test.Count)];
        if (shuffled)
            random.Shuffle(order);
        return [training.Evaluate(data.Test.Rows(order), Statistics.Batch).Accuracy, training.Evaluate(data.Test).Accuracy];
    }

    static RatedSide SideOf(string name, Norm norm, bool shuffled) => RatedSide.ByFirstMetric(name,
        $"{Siblings.What}, other data for each seed; perceptron 32, ReLU; norm {norm.Settings}; SGD, batches of 16, {(shuffled ? "shuffled" : "a family each")}, {Steps} steps",
        WeightInit.He, (rate, seed) => Run(norm, shuffled, rate, seed));

    static Estimate Lost(Results results) =>
        Estimate.Mean([.. results.Values(Batch, Among).Zip(results.Values(Batch, Alone), (among, alone) => among - alone)]);
}
