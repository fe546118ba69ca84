using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Experiments;

public class ProbeTests
{
    [Fact]
    public void After_a_batch_norm_every_layer_gets_inputs_of_deviation_one()
    {
        var deep = Small.Perceptron with { Network = Perceptron.Deep(6, 32), BatchSize = 60 };

        var without = Signals.Follow(deep, seeds: 2);
        var with = Signals.Follow(deep with { Normalization = Norm.Batch }, seeds: 2);

        Assert.All(with.SelectMany(layers => layers), layer => Assert.Equal(1, layer.InputDeviation, 0.02)); // but for ε against small variances
        Assert.All(without.SelectMany(layers => layers), layer => Assert.Equal(layer.LinearDeviation, layer.InputDeviation));
        Assert.Equal([1, 2, 3, 4, 5, 6], with[0].Select(layer => layer.Layer));
        // PyTorch's start lets the signal of a ReLU network fade from layer to layer; the last gradient is the largest.
        Assert.All(without, layers => Assert.True(layers[^1].InputDeviation < layers[0].InputDeviation / 3));
        Assert.All(without, layers => Assert.True(layers[0].GradientDeviation < layers[^1].GradientDeviation / 3));
    }

    [Fact]
    public void Both_directions_of_a_linear_layer_are_those_computed_by_hand()
    {
        var layer = Signals.Follow(Small.Perceptron with { Network = new Perceptron(8) { Activation = Activation.Identity } })[0][0];

        Assert.Equal(15 * 8, layer.Outputs.Count);
        Assert.Equal(layer.Inputs, layer.Outputs);
        var mean = layer.Outputs.Average(value => (double)value);
        var deviation = Math.Sqrt(layer.Outputs.Average(value => (value - mean) * (value - mean)));
        Assert.Equal(deviation, layer.OutputDeviation, 1e-5); // float sums of 120 values of the size of one
        Assert.InRange(layer.GradientDeviation, 1e-6, 1);
        Assert.InRange(layer.WeightGradient, 1e-6, 10);
    }

    [Fact]
    public void The_gradient_passes_through_layers_by_hand()
    {
        var experiment = Small.Perceptron with { Normalization = Norm.Batch };

        var torchs = Signals.Follow(experiment, afterSteps: 2)[0];
        var ours = Signals.Follow(experiment with { Normalization = Norm.ByHand("batch") }, afterSteps: 2)[0];

        foreach (var (mine, its) in ours.Zip(torchs)) // the same arithmetic, up to float rounding
        {
            Assert.Equal(its.GradientDeviation, mine.GradientDeviation, 1e-5);
            Assert.Equal(its.WeightGradient, mine.WeightGradient, 1e-4);
        }
    }

    // The loss of a linear model is a parabola: its gradient changes in proportion to the distance, by the same β everywhere.
    [Fact]
    public void On_a_parabola_the_gradient_changes_in_proportion_and_smoothness_is_constant()
    {
        var line = new Experiment { Data = Small.Line, Network = new Perceptron(), BatchSize = 64, Steps = 20, LearningRate = 0.05 };

        var near = Landscape.Along(line, seeds: 2, points: 4, 0.1);
        var far = Landscape.Along(line, seeds: 2, points: 4, 0.2);

        Assert.Equal([0, 5, 10, 15], near[0].Select(point => point.Step));
        foreach (var (n, f) in near.SelectMany(p => p).Zip(far.SelectMany(p => p)))
        {
            Assert.Equal(2, f.LargestChange / n.LargestChange, 1e-2); // float rounding of small differences
            Assert.Equal(1, f.Smoothness / n.Smoothness, 1e-2); // the same
            Assert.True(n.LowestLoss < n.Loss, "a short way down the gradient the loss is lower");
        }
    }

    // With all samples in one batch, the loss at a step does not depend on which batch was looked at.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Looking_around_leaves_the_training_as_it_is(bool byHand)
    {
        var experiment = Small.Perceptron with { BatchSize = 150, Normalization = byHand ? Norm.ByHand("batch") : Norm.Batch, Steps = 20 };

        var seldom = Landscape.Along(experiment, seeds: 1, points: 2)[0];
        var often = Landscape.Along(experiment, seeds: 1, points: 20)[0];

        // The order of the samples within the batch differs, and with it the rounding of its sums.
        Assert.Equal(seldom[1].Loss, often[10].Loss, 1e-5);
        Assert.Equal(seldom[1].Step, often[10].Step);
    }

    [Fact]
    public void A_training_under_way_can_be_followed_like_one_from_the_start()
    {
        var experiment = Small.Perceptron with { Normalization = Norm.Batch };
        using var training = experiment.Start(seed: 1);
        training.Steps(3);

        var here = Signals.Of(training);

        Assert.Equal(Signals.Follow(experiment, afterSteps: 3)[0][1].Inputs, here[1].Inputs);
    }

    // To first order the gradient of a layer changes in proportion to how far the layers before it move.
    [Fact]
    public void Twice_the_learning_rate_shifts_a_later_layers_gradient_twice_as_far()
    {
        var slow = Small.Perceptron with { LearningRate = 0.005 };

        var near = GradientShift.Along(slow, seeds: 1, points: 1)[0];
        var far = GradientShift.Along(slow with { LearningRate = 0.01 }, seeds: 1, points: 1)[0];

        Assert.Equal([2, 3], near.Select(shift => shift.Layer)); // the first layer has none before it
        foreach (var (n, f) in near.Zip(far))
        {
            Assert.Equal(2, f.Relative / n.Relative, 0.2); // second order terms, and units that a ReLU switches on or off
            Assert.InRange(n.Cosine, 0.99, 1.0001);
        }
    }

    [Fact]
    public void Measuring_the_gradients_shift_leaves_the_training_as_it_is()
    {
        var experiment = Small.Perceptron with { BatchSize = 150, Normalization = Norm.Batch, Steps = 20 };

        var seldom = GradientShift.Along(experiment, seeds: 1, points: 2)[0];
        var often = GradientShift.Along(experiment, seeds: 1, points: 20)[0];

        var (last, same) = (seldom[^1], often.Last(shift => shift.Step == seldom[^1].Step));
        Assert.Equal(10, last.Step);
        Assert.Equal(last.Relative, same.Relative, 1e-3); // the order of the samples differs, and with it the rounding of sums
    }

    [Fact]
    public void What_a_unit_gets_is_described_unit_by_unit()
    {
        var layer = Signals.Follow(Small.Perceptron with { Network = new Perceptron(8) })[0][0];

        double[] third = [.. layer.Inputs.Where((_, i) => i % 8 == 3).Select(value => (double)value)];
        Assert.Equal(8, layer.UnitMeans.Count);
        Assert.Equal(third.Average(), layer.UnitMeans[3], 1e-5); // float sums of 15 values of the size of one
        Assert.Equal(Math.Sqrt(third.Average(value => Math.Pow(value - third.Average(), 2))), layer.UnitDeviations[3], 1e-5);
    }

    [Fact]
    public void A_channel_is_described_over_all_of_its_places()
    {
        var layer = Signals.Follow(Small.Cnn with { Normalization = Norm.Batch })[0][0];

        Assert.Equal(4, layer.UnitMeans.Count);
        Assert.All(layer.UnitMeans, mean => Assert.Equal(0, mean, 1e-5));
        Assert.All(layer.UnitDeviations, deviation => Assert.Equal(1, deviation, 0.02)); // but for ε against small variances
    }

    [Fact]
    public void A_units_mean_stands_still_behind_batch_norm_and_jumps_where_noise_moves_it()
    {
        var normed = Small.Perceptron with { Normalization = Norm.Batch, LearningRate = 0.001 };
        var noisy = normed with { Normalization = Norm.Batch with { Noise = new NormNoise { Shift = 1, Stretch = 0, Jitter = 0 } } };

        var still = UnitMeans.Along(normed, seed: 1, steps: 30);
        var jumping = UnitMeans.Along(noisy, seed: 1, steps: 30);

        Assert.Equal(30, jumping.Steps.Count);
        Assert.InRange(still.Jump, 0, 0.01);
        Assert.Equal(2.0 / 3, jumping.Jump, 0.05); // the mean distance of two draws from (-1, 1); 20 units and 29 jumps give an error of 0.02
        Assert.InRange(jumping.Of(jumping.TypicalUnit).Max(), 0.5, 1.1);
    }

    [Fact]
    public void The_largest_rate_is_one_that_trains_below_one_that_does_not()
    {
        var experiment = Small.Perceptron with { Steps = 60, EvaluateEvery = 5 };

        var largest = LargestRate.Of(experiment, seed: 1, accuracy: 0.9);

        bool Trains(double rate) => Recorder.Record(experiment with { LearningRate = rate }, 1).Tests.Skip(1).Any(test => test.Accuracy >= 0.9);
        Assert.True(Trains(largest));
        Assert.False(Trains(largest * Math.Pow(2, 0.25)));
        Assert.Throws<InvalidOperationException>(() => LargestRate.Of(experiment, seed: 1, accuracy: 1.1));
    }
}
