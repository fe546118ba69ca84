using System.Numerics.Tensors;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Explorables;

/// <summary>How a <see cref="SmallNetwork"/> is made and trained.</summary>
/// <param name="Hidden">How many hidden layers of 16 units.</param>
/// <param name="Activation">One of <see cref="Activations.Names"/>.</param>
/// <param name="Normalization">One of <see cref="Normalizations.Names"/>.</param>
/// <param name="Start">One of <see cref="Starts.Names"/>.</param>
/// <param name="Factor">What the weights are multiplied by at the start.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Seed">Decides weights, points and batches; networks of one seed share what they can.</param>
sealed record Recipe(int Hidden, string Activation, string Normalization, string Start, double Factor, double Rate, int Seed);

/// <summary>A perceptron that learns to tell the arms of two spirals apart, on batches of 32 points.</summary>
sealed class SmallNetwork
{
    /// <summary>The units of a hidden layer.</summary>
    public const int Width = 16;

    const int BatchSize = 32;

    readonly Spirals data;
    readonly Random batches;
    readonly Sequential network;
    readonly int lastInput;
    readonly SoftmaxCrossEntropy loss = new();
    readonly Sgd sgd;

    public SmallNetwork(Recipe recipe)
    {
        data = new(new Random(recipe.Seed));
        batches = new(recipe.Seed + 1);
        var weights = new Random(recipe.Seed + 2);
        var layers = new List<Layer<float>>();
        for (var i = 0; i <= recipe.Hidden; i++)
        {
            var last = i == recipe.Hidden;
            var linear = Starts.Linear<float>(recipe.Start, i == 0 ? 2 : Width, last ? 2 : Width, weights);
            foreach (ref var weight in linear.Weight.Values)
                weight *= (float)recipe.Factor;
            layers.Add(linear);
            if (last)
                break;
            layers.Add(Normalizations.Create(recipe.Normalization, Width));
            layers.Add(Activations.Create(recipe.Activation));
        }
        lastInput = layers.Count - 2;
        network = new(layers);
        sgd = new(network.Parameters, recipe.Rate);
    }

    /// <summary>One training step. Returns the loss of its batch before the step; NaN where the training has run away.</summary>
    public double Step()
    {
        network.Train();
        var rows = batches.GetItems(data.Rows, BatchSize);
        var found = loss.Forward(network.Forward(data.Points(rows)), [.. rows.Select(data.Label)]);
        network.ZeroGrad();
        network.Backward(loss.Backward());
        sgd.Step();
        return found;
    }

    /// <summary>
    /// What the activations of the last hidden layer get in evaluation, for each of the 16 units: the values below which 15, 50 and
    /// 85 % of all points lie.
    /// </summary>
    public double[] LastInputs()
    {
        network.Eval();
        var x = data.Points(data.Rows);
        foreach (var layer in network.Children.Take(lastInput))
            x = layer.Forward(x);
        var quantiles = new List<double>();
        for (var unit = 0; unit < Width; unit++)
        {
            double[] sorted = [.. data.Rows.Select(row => (double)x[row, unit]).Order()];
            quantiles.AddRange([Numbers.Quantile(sorted, 0.15), Numbers.Quantile(sorted, 0.5), Numbers.Quantile(sorted, 0.85)]);
        }
        return [.. quantiles];
    }
}
