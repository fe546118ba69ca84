using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>The loss surface around one point of a run, along the gradient of one batch.</summary>
/// <param name="Step">After how many training steps.</param>
/// <param name="Loss">The loss at the point.</param>
/// <param name="LowestLoss">The lowest loss at the places looked at along the gradient.</param>
/// <param name="HighestLoss">The highest one; infinite or NaN counts as infinite.</param>
/// <param name="SmallestChange">The smallest change of the gradient, ‖∇ℓ(there) − ∇ℓ(here)‖, at these places.</param>
/// <param name="LargestChange">The largest one.</param>
/// <param name="Smoothness">
/// β, the largest change of the gradient for the distance moved: how wrong the gradient becomes, at worst, on a step of length 1.
/// </param>
public readonly record struct LandscapePoint(
    int Step, double Loss, double LowestLoss, double HighestLoss, double SmallestChange, double LargestChange, double Smoothness)
{
    /// <summary>‖∇ℓ(here)‖.</summary>
    public double GradientLength { get; init; }
}

/// <summary>
/// Looks around on the loss surface during training: moves along the gradient, measures, and comes back. After Santurkar,
/// Tsipras, Ilyas and Madry (2018), figure 4.
/// </summary>
public static class Landscape
{
    /// <summary>Trains, and looks around at even distances. The looking leaves the training as it is.</summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="seeds">How many runs, with the seeds 1, 2, 3, ….</param>
    /// <param name="points">How many looks.</param>
    /// <param name="stepSizes">How far to go, in multiples of the gradient; none takes half, one, two and four learning rates.</param>
    /// <returns>For each seed the looks in order.</returns>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together.</exception>
    public static IReadOnlyList<IReadOnlyList<LandscapePoint>> Along(Experiment experiment, int seeds, int points = 20, params double[] stepSizes)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seeds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        experiment.Check();
        return Workers.Map([.. Enumerable.Range(1, seeds)], seed => Of(experiment, seed, points, stepSizes));
    }

    /// <summary>The same for one seed.</summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="seed">Decides the weights, the batches, dropout and noise.</param>
    /// <param name="points">How many looks.</param>
    /// <param name="stepSizes">How far to go, in multiples of the gradient; none takes half, one, two and four learning rates.</param>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together.</exception>
    public static IReadOnlyList<LandscapePoint> Of(Experiment experiment, int seed, int points = 20, params double[] stepSizes)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        double[] sizes = stepSizes.Length > 0 ? stepSizes : [.. new[] { 0.5, 1, 2, 4 }.Select(factor => factor * experiment.LearningRate)];
        using var training = experiment.Start(seed);
        // Batches of its own, so that the training sees the same ones as without the looks.
        var batches = new Batches(experiment.Data.Train.Count, experiment.BatchSize, Draws.Generator(seed, Purpose.Probe));
        var every = Math.Max(1, experiment.Steps / points);
        var found = new List<LandscapePoint>();
        for (var step = 0; step < experiment.Steps; step++)
        {
            if (step % every == 0 && found.Count < points)
                found.Add(Look(training, batches.Next(), sizes));
            training.Step();
        }
        return found;
    }

    static LandscapePoint Look(Training training, long[] rows, double[] sizes)
    {
        using var scope = torch.NewDisposeScope();
        using var unchanged = training.Model.Preserve();
        var (x, wanted) = training.Batch(rows);
        var loss = training.Gradients(x, wanted);
        torch.Tensor[] here = [.. training.Model.Parameters.Select(parameter => parameter.clone().detach())];
        torch.Tensor[] gradient = [.. training.Model.Parameters.Select(parameter => parameter.grad!.clone())];
        var length = Length(gradient);
        var looks = sizes.Select(size =>
        {
            Move(training.Model, here, gradient, size);
            var there = training.Gradients(x, wanted);
            var change = Length([.. training.Model.Parameters.Zip(gradient, (parameter, g) => parameter.grad! - g)]);
            return (Loss: double.IsFinite(there) ? there : double.PositiveInfinity, Change: change, Smoothness: change / (size * length));
        }).ToArray();
        return new LandscapePoint(
            training.StepsDone, loss, looks.Min(look => look.Loss), looks.Max(look => look.Loss),
            looks.Min(look => look.Change), looks.Max(look => look.Change), looks.Max(look => look.Smoothness))
        { GradientLength = length };
    }

    static void Move(Model model, torch.Tensor[] here, torch.Tensor[] gradient, double size)
    {
        using var quiet = torch.no_grad();
        using Scalar minusSize = -size;
        for (var i = 0; i < here.Length; i++)
            model.Parameters[i].copy_(here[i]).add_(gradient[i], minusSize);
    }

    static double Length(torch.Tensor[] tensors) => Math.Sqrt(tensors.Sum(tensor => (double)tensor.Squared().sum().item<float>()));
}
