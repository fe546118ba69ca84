using BnNotebooks.Playground.Networks;

namespace BnNotebooks.Playground.Tests;

/// <summary>A run of the playground: what it learns, and what a look at it shows.</summary>
public sealed class RunTests
{
    static TrainingRun Trained(string description, int steps)
    {
        var run = new TrainingRun(RunDescription.Parse(description));
        run.Step(steps);
        return run;
    }

    // The share of the plane at which the modes answer otherwise.
    static double Disagreement(TrainingRun run, int batchSize) =>
        Plane.InTraining(run, 16, batchSize, draw: 1).Zip(Plane.InEvaluation(run, 16), (training, evaluation) => training > 0.5 != evaluation > 0.5 ? 1.0 : 0).Average();

    [Theory]
    [InlineData("moons")]
    [InlineData("spirals")]
    [InlineData("circles")]
    public void The_default_network_learns_every_well_scaled_data_set(string data)
    {
        var scores = Scores.Of(Trained($$"""{"data":"{{data}}"}""", 500));
        Assert.InRange(scores.Accuracy, 0.95, 1);
        Assert.InRange(scores.Loss, 0, 0.2);
    }

    [Fact]
    public void Ten_layers_from_the_default_start_learn_with_batch_norm_alone()
    {
        Assert.InRange(Scores.Of(Trained("""{"depth":10,"start":"pytorch","normalization":"none"}""", 300)).Accuracy, 0.4, 0.6);
        Assert.InRange(Scores.Of(Trained("""{"depth":10,"start":"pytorch"}""", 300)).Accuracy, 0.9, 1);
    }

    [Theory, MemberData(nameof(Descriptions.OfEveryNormalization), MemberType = typeof(Descriptions))]
    public void Looking_at_a_run_does_not_change_it(string description)
    {
        var (alone, watched) = (Trained(description, 0), Trained(description, 0));
        for (var i = 0; i < 5; i++)
        {
            alone.Step(4);
            watched.Step(4);
            Scores.Of(watched);
            Plane.InTraining(watched, 4, 32, 1);
            Plane.AtPoint(watched, 0, 0, 32, 3);
            _ = new Inside(watched);
            Assert.Equal(alone.BatchLoss, watched.BatchLoss);
        }
        Assert.Equal(Plane.InEvaluation(alone, 8), Plane.InEvaluation(watched, 8));
    }

    [Theory]
    [InlineData("batch", true)]
    [InlineData("ghost", true)]
    [InlineData("layer", false)]
    [InlineData("dyt", false)]
    [InlineData("none", false)]
    public void The_modes_differ_where_a_point_is_normalized_by_its_companions(string normalization, bool differ)
    {
        var run = Trained($$"""{"normalization":"{{normalization}}"}""", 50);
        Assert.Equal(differ, Disagreement(run, 32) > 0);
        Assert.Equal(differ, Plane.AtPoint(run, 0.1, 0.1, 32, 10).Distinct().Count() > 1);
    }

    [Fact]
    public void After_training_by_twos_recalibration_makes_the_modes_agree()
    {
        var run = Trained("""{"data":"moons","batchSize":2,"rate":0.02}""", 300);
        var before = Disagreement(run, 264);
        Assert.Equal(3, run.Recalibrate());
        var after = Disagreement(run, 264);
        Assert.True(after < before / 4, $"They disagree at {after:P0} of the plane, before at {before:P0}.");
        Assert.InRange(after, 0, 0.03);
    }

    [Fact]
    public void A_forgotten_evaluation_mode_costs_most_where_a_batch_has_one_class()
    {
        var scores = Scores.Of(Trained("{}", 500));
        Assert.InRange(scores.TrainingAccuracy, 0.95, 1);
        Assert.InRange(scores.SortedAccuracy, 0, 0.7);
    }

    [Fact]
    public void A_batch_of_one_is_refused_as_the_library_refuses_it()
    {
        var run = Trained("""{"batchSize":1}""", 0);
        Assert.Contains("Use a larger batch", Assert.Throws<ArgumentException>(() => run.Step(1)).Message);
        var scores = Scores.Of(run);
        Assert.True(double.IsNaN(scores.TrainingLoss) && double.IsFinite(scores.Loss));
    }

    [Fact]
    public void Training_ends_where_the_loss_is_no_number()
    {
        var run = Trained("""{"rate":1e6,"depth":10,"normalization":"none"}""", 50);
        Assert.InRange(run.Steps, 2, 49);
        Assert.False(double.IsFinite(run.BatchLoss));
    }

    [Theory]
    [InlineData("""{"normalization":"bach"}""", "There is no normalization \"bach\". Take one of none, batch")]
    [InlineData("""{"data":"stars"}""", "There is no data set \"stars\"")]
    [InlineData("""{"depth":11}""", "Expected a depth from 1 to 10, but it is 11.")]
    [InlineData("""{"batchSize":3}""", "Expected a batch size that divides 256, but it is 3.")]
    [InlineData("""{"colour":"red"}""", "cannot be read")]
    [InlineData("[", "cannot be read")]
    [InlineData("null", "it is null")]
    public void A_description_that_is_none_names_what_is_wrong(string json, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => RunDescription.Parse(json)).Message);
}
