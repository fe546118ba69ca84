using BnNotebooks.Evidence;
using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Evidence;

public sealed class TrainedSideTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("evidence").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0.001)]
    [InlineData(100)]
    public void The_chosen_rate_does_not_lie_at_the_edge_of_what_was_tried(double first)
    {
        using var journal = new Journal(Path.Combine(folder, "journal"));
        var choice = Side(first).Choose(journal, workers: 2);
        double[] tried = [.. choice.Tried.Select(trial => trial.Rate)];
        Assert.InRange(choice.Rate, tried.Min() * 1.01, tried.Max() / 1.01);
    }

    [Fact]
    public void A_choice_uses_neither_the_seeds_nor_the_test_samples_of_the_comparison()
    {
        var data = DataSets.Wine.Standardized();
        List<(int Seed, int Train, int Test)> seen = [];
        var side = Side(0.1) with { Score = run => { lock (seen) seen.Add((run.Seed, run.Experiment.Data.Train.Count, run.Experiment.Data.Test.Count)); return run.TestAccuracy; } };
        using var journal = new Journal(Path.Combine(folder, "journal"));
        side.Choose(journal, workers: 2);
        Assert.All(seen, run => Assert.True(run.Seed >= TrainedSide.FirstTuningSeed));
        Assert.All(seen, run => Assert.Equal(data.Train.Count, run.Train + run.Test)); // all of it is training data
    }

    [Fact]
    public void A_choice_can_be_made_on_samples_of_its_own()
    {
        var (wine, own) = (DataSets.Wine.Standardized(), DataSets.Wine.Standardized() with { Name = "other wine" });
        List<string> seen = [];
        var side = Side(0.1) with { ChosenOn = own, Score = run => { lock (seen) seen.Add(run.Experiment.Data.Name); return run.TestAccuracy; } };
        using var journal = new Journal(Path.Combine(folder, "journal"));

        var choice = side.Choose(journal, workers: 2);

        Assert.Equal(["other wine"], seen.Distinct());
        Assert.Equal(wine.Name, side.At(choice).Data.Name);
        Assert.NotEqual(Side(0.1).Settings, side.Settings);
    }

    [Fact]
    public void The_comparison_trains_on_all_training_data_with_what_was_chosen()
    {
        using var journal = new Journal(Path.Combine(folder, "journal"));
        var side = Side(0.1);
        var choice = side.Choose(journal, workers: 2);
        Assert.Equal(choice.Rate, side.At(choice).LearningRate);
        Assert.Equal(side.Experiment.Data.Train.Count, side.At(choice).Data.Train.Count);
        Assert.Equal(side.Run(choice, 1).Values, side.Run(choice, 1).Values);
    }

    [Fact]
    public void Where_each_seed_has_data_of_its_own_choice_and_comparison_use_it()
    {
        var data = DataSets.Wine.Standardized();
        HashSet<int> asked = [];
        List<DataSet> seen = [];
        DataSet Of(int seed)
        {
            lock (asked)
                asked.Add(seed);
            return data with { Name = $"data {seed}" };
        }
        var side = Side(0.1) with
        {
            DataBySeed = new SeedData("splits", Of),
            Score = run => { lock (seen) seen.Add(run.Experiment.Data); return -run.TestLoss; },
        };
        using var journal = new Journal(Path.Combine(folder, "journal"));

        var choice = side.Choose(journal, workers: 2);

        Assert.Equal([1001, 1002], asked.Order());
        Assert.All(seen, split => Assert.Equal(data.Train.Count, split.Train.Count + split.Test.Count)); // no test samples among them
        Assert.Equal("data 7", side.At(choice, seed: 7).Data.Name);
        Assert.Contains("splits", side.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trained_network_itself_can_be_measured_at_the_end()
    {
        using var journal = new Journal(Path.Combine(folder, "journal"));
        var plain = Side(0.1);
        var side = plain with { AtTheEnd = training => [training.StepsDone], AtTheEndIs = "steps" };
        var choice = side.Choose(journal, workers: 2);
        Assert.Equal([.. plain.Run(choice, 1).Values, side.Experiment.Steps], side.Run(choice, 1).Values);
        Assert.NotEqual(plain.Settings, side.Settings);
    }

    [Theory]
    [InlineData(0.5, 1, 0.2)]
    [InlineData(1, 2, 0.5)]
    [InlineData(0.02, 0.05, 0.01)]
    public void Rates_follow_each_other_as_1_2_5(double rate, double after, double before)
    {
        Assert.Equal(after, RateSeries.After(rate));
        Assert.Equal(before, RateSeries.Before(rate));
    }

    static TrainedSide Side(double rate) => new("plain",
        new Experiment { Data = DataSets.Wine.Standardized(), Network = new Perceptron(8), BatchSize = 16, Steps = 10 }, [TrainingMetric.Accuracy])
    {
        Starts = [WeightInit.He],
        Rates = [rate, RateSeries.After(rate)],
        TuningSeeds = 2,
        // Smooth in the rate, unlike an accuracy of 28 samples.
        Score = run => -run.TestLoss,
    };
}
