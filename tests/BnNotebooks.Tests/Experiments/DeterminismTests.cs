using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Experiments;

public class DeterminismTests
{
    // Everything that draws random numbers at once.
    private static readonly Experiment Noisy = Small.Perceptron with
    {
        Normalization = Norm.Batch with { Noise = new NormNoise() },
        Dropout = 0.2,
        Optimizer = Optimizer.Adam,
        LearningRate = 0.01,
        Watch = Watch.Activations | Watch.Gradients,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // where a layer by hand feeds a matrix product
    public void A_seed_gives_the_same_run_again_and_another_seed_another_one(bool byHand)
    {
        var experiment = byHand ? Noisy with { Normalization = Norm.ByHand("batch"), Placement = Placement.AfterActivation } : Noisy;
        var first = experiment.Run(seeds: 2);
        var again = experiment.Run(seeds: 2);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(first.Runs[i].Losses, again.Runs[i].Losses);
            Assert.Equal(first.Runs[i].Tests, again.Runs[i].Tests);
            Assert.Equal(first.Runs[i].Activations, again.Runs[i].Activations);
            Assert.Equal(first.Runs[i].Gradients, again.Runs[i].Gradients);
        }
        Assert.NotEqual(first.Runs[0].Losses, first.Runs[1].Losses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Runs_side_by_side_give_the_numbers_of_runs_one_after_the_other(bool cnn)
    {
        var experiment = cnn ? Noisy with { Network = new Cnn(4, 8) } : Noisy;
        int[] seeds = [1, 2, 3, 4, 5, 6];

        var alone = Workers.Map(seeds, seed => Recorder.Record(experiment, seed), workers: 1);
        var together = Workers.Map(seeds, seed => Recorder.Record(experiment, seed), workers: 3);

        Assert.Equal(alone.Select(run => run.Losses), together.Select(run => run.Losses));
        Assert.Equal(alone.Select(run => run.Tests), together.Select(run => run.Tests));
    }

    [Fact]
    public void Equal_seeds_start_with_equal_weights_and_see_equal_batches_whatever_the_normalization()
    {
        using var without = Small.Perceptron.Start(seed: 3);
        using var with = (Small.Perceptron with { Normalization = Norm.Batch, Placement = Placement.AfterActivation }).Start(seed: 3);
        float[][] Weights(Training training) => [.. training.Model.Parts.Where(part => part.Kind == PartKind.Weights)
            .SelectMany(part => part.Module.parameters()).Select(parameter => parameter.data<float>().ToArray())];

        Assert.Equal(6, Weights(without).Length);
        Assert.Equal(Weights(without), Weights(with));
        without.Steps(3);
        with.Steps(3);
        Assert.Equal(without.NextBatch().X.data<float>().ToArray(), with.NextBatch().X.data<float>().ToArray());
    }

    [Fact]
    public void Every_sample_comes_once_in_a_pass_and_then_in_another_order()
    {
        var batches = new Batches(samples: 10, size: 5, new Random(1));

        long[] first = [.. batches.Next(), .. batches.Next()], second = [.. batches.Next(), .. batches.Next()];

        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), first.Order());
        Assert.Equal(first.Order(), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void The_first_exception_of_a_worker_ends_the_work_and_is_thrown()
    {
        var done = 0;

        var error = Assert.Throws<InvalidOperationException>(() => Workers.Map<int, int>([.. Enumerable.Range(0, 1000)], job =>
            job == 3 ? throw new InvalidOperationException("job 3") : Interlocked.Increment(ref done), workers: 2));

        Assert.Equal("job 3", error.Message);
        Assert.True(done < 999, "jobs after the failure must not be begun");
    }
}
