using BnNotebooks.Experiments;
using TorchSharp;

namespace BnNotebooks.Tests.Experiments;

public class TrainingTests
{
    [Theory]
    [InlineData(Optimizer.Sgd, 0.1)]
    [InlineData(Optimizer.SgdWithMomentum, 0.1)]
    [InlineData(Optimizer.Adam, 0.05)]
    public void A_linear_model_finds_the_line(Optimizer optimizer, double learningRate)
    {
        var run = new Experiment
        {
            Data = Small.Line,
            Network = new Perceptron(),
            Optimizer = optimizer,
            LearningRate = learningRate,
            BatchSize = 16,
            Steps = 400,
        }.Run(1).Runs[0];

        Assert.InRange(run.TestLoss, 0, 1e-3); // the data has no noise: what is left is how far the steps have come
        Assert.True(double.IsNaN(run.TestAccuracy), "there are no classes");
    }

    [Theory]
    [InlineData(Activation.ReLU)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.LeakyReLU)]
    [InlineData(Activation.Identity)]
    public void Each_activation_is_the_function_it_is_called(Activation activation)
    {
        using var training = (Small.Perceptron with { Network = new Perceptron(4) { Activation = activation } }).Start();
        var layer = training.Model.Parts.Single(part => part.Kind == PartKind.Activation).Module;

        var y = layer.call(torch.tensor(new[] { -2f, 3f })).data<float>().ToArray();

        float[] expected = activation switch
        {
            Activation.ReLU => [0, 3],
            Activation.Sigmoid => [1 / (1 + MathF.Exp(2)), 1 / (1 + MathF.Exp(-3))],
            Activation.Tanh => [MathF.Tanh(-2), MathF.Tanh(3)],
            Activation.LeakyReLU => [-0.02f, 3],
            _ => [-2, 3],
        };
        Assert.All(y.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6f)); // one rounding
    }

    [Fact]
    public void The_initialization_decides_the_spread_of_the_weights()
    {
        // 10,000 weights of a layer of 100 × 100 units: their standard deviation strays by 0.7 %.
        static double Spread(WeightInit init)
        {
            using var training = (Small.Perceptron with { Network = new Perceptron(100, 100), Init = init }).Start();
            return training.Model.Parts.Where(part => part.Kind == PartKind.Weights).ElementAt(1).Module.parameters().First().std().item<float>();
        }
        static void Near(double expected, WeightInit init) => Assert.InRange(Spread(init) / expected, 0.97, 1.03);

        Near(0.1 / Math.Sqrt(3), WeightInit.PyTorch);
        Near(0.1, WeightInit.Xavier);
        Near(Math.Sqrt(0.02), WeightInit.He);
        Near(0.01, WeightInit.Normal(0.01));
        Near(10 * Math.Sqrt(0.02), WeightInit.He.Times(10));
    }

    [Fact]
    public void Dropout_leaves_out_its_share_in_training_only()
    {
        using var training = (Small.Perceptron with { Dropout = 0.25 }).Start();
        var layer = training.Model.Parts.First(part => part.Kind == PartKind.Other).Module;
        var x = torch.ones(100, 100);

        training.Model.Train();
        var y = layer.call(x).data<float>().ToArray();
        Assert.Equal([0, 4f / 3], y.Distinct().Order());
        Assert.InRange(y.Count(value => value == 0), 2280, 2720); // 2500 of 10,000, five standard deviations of 43 either side

        training.Model.Train(false);
        Assert.Same(x, layer.call(x));
    }

    [Fact]
    public void Evaluating_by_batch_statistics_differs_and_changes_nothing()
    {
        using var training = (Small.Perceptron with { Normalization = Norm.Batch }).Start();
        training.Steps(3);
        var before = training.Evaluate(Small.Images.Test);
        var mean = training.Model.BatchNorms[0].running_mean!.data<float>().ToArray();

        var byBatch = training.Evaluate(Small.Images.Test, Statistics.Batch);

        Assert.NotEqual(before.Loss, byBatch.Loss);
        Assert.Equal(mean, training.Model.BatchNorms[0].running_mean!.data<float>().ToArray());
        Assert.Equal(before, training.Evaluate(Small.Images.Test));
    }

    [Fact]
    public void Predictions_are_what_evaluation_counts()
    {
        using var training = Small.Perceptron.Start();
        training.Steps(40);
        var logits = training.Predict(Small.Images.Test);
        int[] labels = Small.Images.Test.Labels!;

        var right = Enumerable.Range(0, labels.Length).Count(i => Enumerable.Range(0, 3).MaxBy(c => logits[i, c]) == labels[i]);

        Assert.Equal([60, 3], logits.Lengths.ToArray().Select(length => (int)length));
        Assert.Equal(right / 60.0, training.Evaluate(Small.Images.Test).Accuracy, 1e-12);
        Assert.Equal(40, training.StepsDone);
    }

    [Fact]
    public void A_run_that_diverges_ends_and_says_so()
    {
        var run = new Experiment { Data = Small.Line, Network = new Perceptron(8), LearningRate = 1e20, Steps = 20, BatchSize = 8, EvaluateEvery = 5 }.Run(1).Runs[0];

        Assert.True(run.Diverged);
        Assert.Equal((20, 5), (run.Losses.Count, run.Tests.Count)); // looks at 0, 5, 10, 15 and 20
        Assert.True(double.IsNaN(run.Losses[^1]) && double.IsNaN(run.TestLoss));
        Assert.Equal([0, 5, 10, 15, 20], run.Tests.Select(test => test.Step));
    }

    [Fact]
    public void The_looks_come_at_even_steps_and_at_the_end()
    {
        var run = (Small.Perceptron with { Steps = 45, EvaluateEvery = 20, EvaluateTraining = true, Watch = Watch.Activations | Watch.Gradients }).Run(1).Runs[0];

        Assert.Equal([0, 20, 40, 45], run.Tests.Select(test => test.Step));
        Assert.Equal([0, 20, 40, 45], run.TrainingTests.Select(test => test.Step));
        Assert.Equal([0, 0, 20, 20, 40, 40, 45, 45], run.Activations.Select(record => record.Step));
        Assert.Equal([1, 2], run.Activations.Take(2).Select(record => record.Layer));
        Assert.Equal([20, 20, 20, 40, 40, 40, 45, 45, 45], run.Gradients.Select(record => record.Step));
        Assert.All(run.Gradients, record => Assert.InRange(record.Norm, 1e-9, 1e3));
        Assert.All(run.Activations, record => Assert.True(record.Low < record.Median && record.Median < record.High));
    }

    public static TheoryData<Experiment, string> Wrong => new()
    {
        { Small.Perceptron with { Steps = 0 }, "Steps" },
        { Small.Perceptron with { BatchSize = 151 }, "150" },
        { Small.Perceptron with { LearningRate = double.NaN }, "LearningRate" },
        { Small.Perceptron with { Dropout = 1 }, "Dropout" },
        { Small.Perceptron with { WeightDecay = -1 }, "WeightDecay" },
        { Small.Perceptron with { LearningRateGrowth = 0 }, "LearningRateGrowth" },
        { Small.Perceptron with { StatisticsOver = 10 }, "StatisticsOver" },
        { Small.Perceptron with { Normalization = Norm.Batch, NormalizedStart = true }, "NormalizedStart" },
        { Small.Perceptron with { Trains = 0 }, "Trains" },
        { Small.Perceptron with { Normalization = Norm.ByHand("batch"), Trains = Trained.Norms }, "Trains" },
        { Small.Perceptron with { Normalization = Norm.ByHand("batch"), Network = new ResidualPerceptron(2, 20) }, "Normalization" },
        { Small.Perceptron with { EvaluateEvery = 0 }, "EvaluateEvery" },
        { Small.Perceptron with { NormalizedLayers = [1, 3] }, "from 1 to 2" },
        { Small.Perceptron with { WatchedUnit = 20 }, "WatchedUnit" },
        { new Experiment { Data = Small.Line, Network = new Cnn(4), BatchSize = 8 }, "images" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_does_not_go_together_is_refused_by_name(Experiment experiment, string named) =>
        Assert.Contains(named, Assert.ThrowsAny<ArgumentException>(() => experiment.Run(2)).Message);
}
