namespace BnNotebooks.Checks;

/// <summary>
/// A network of one weight and a batch norm, so small that each wrong order of calls leaves other numbers behind, while all right
/// orders leave the same.
/// </summary>
sealed class SmallNetwork : ITrainable
{
    const double LearningRate = 0.3, Share = 0.2;
    double weight = 0.4, average, gradient;
    bool training = true;
    (double[] Normalized, double[,] Outputs)? last;
    bool hasGradient;

    public void Train() => training = true;

    public void Eval() => training = false;

    public void ZeroGradients() => (gradient, hasGradient) = (0, false);

    public double[,] Forward(double[,] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] sums = [.. Enumerable.Range(0, x.GetLength(0)).Select(n => Enumerable.Range(0, x.GetLength(1)).Sum(c => (c + 1) * x[n, c]))];
        if (training)
            average += Share * (sums.Average() - average);
        var mean = training ? sums.Average() : average;
        double[] normalized = [.. sums.Select(sum => (sum - mean) / 5)];
        var outputs = new double[sums.Length, 1];
        for (var n = 0; n < sums.Length; n++)
            outputs[n, 0] = weight * normalized[n];
        last = (normalized, outputs);
        return outputs;
    }

    public void Backward(int[] labels)
    {
        if (last is not { } pass)
            throw new MisuseException("Backward came before Forward: there are no outputs yet whose loss could be derived. Forward, Backward, Step.");
        if (labels.Length != pass.Normalized.Length)
            throw new MisuseException($"Backward was given {labels.Length} labels, but the last Forward was on {pass.Normalized.Length} samples: labels and inputs must come from the same batch.");
        for (var n = 0; n < labels.Length; n++)
            gradient += (pass.Outputs[n, 0] - labels[n]) * pass.Normalized[n] / labels.Length;
        (last, hasGradient) = (null, true);
    }

    public void Step()
    {
        if (!hasGradient)
            throw new MisuseException("Step came before Backward: there are no gradients yet to step along. (Or they were set to zero in between.) Forward, Backward, Step.");
        weight -= LearningRate * gradient;
    }

    public double Loss(Batch batch)
    {
        var outputs = Forward(batch.X);
        last = null;
        return batch.Labels.Select((label, n) => Math.Abs(outputs[n, 0] - label)).Average();
    }
}

/// <summary>Calls in an order that makes no sense; the message says it all.</summary>
sealed class MisuseException(string message) : InvalidOperationException(message);
