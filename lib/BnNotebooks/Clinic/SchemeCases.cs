using BnNotebooks.Experiments;
using BnNotebooks.Experiments.Layers;
using BnNotebooks.Slides;
using TorchSharp;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace BnNotebooks.Clinic;

/// <summary>Cases of how a network is trained.</summary>
public static class SchemeCases
{
    const int Seeds = 4;

    /// <summary>The mean of |γ| after 300 steps with a weight decay of 0.01; every γ starts at 1.</summary>
    /// <param name="decayNorms">Whether γ and β decay too.</param>
    public static Outcome Gamma(bool decayNorms) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed, Patient.Usual with { WeightDecay = 0.01 }, decayNorms).Learn(300);
        return patient.Norms.SelectMany(norm => norm.weight.detach().ToTensor()).Average(gamma => (double)Math.Abs(gamma));
    });

    /// <summary>
    /// The standard deviation, in evaluation mode, of what comes out of a dropout of one half and a batch norm that have seen 100 batches
    /// of 64. It should be 1.
    /// </summary>
    /// <param name="layers">The order of the two: gets the dropout and the batch norm.</param>
    public static Outcome SpreadInEvaluation(
        Func<torch.nn.Module<torch.Tensor, torch.Tensor>, BatchNorm, IReadOnlyList<torch.nn.Module<torch.Tensor, torch.Tensor>>> layers) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var scope = torch.NewDisposeScope();
        var order = layers(new SeededDropout(0.5, new Random(seed)), new SteadyBatchNorm(1));
        float[] Outputs(int draw, int count) =>
            [.. order.Aggregate(SlideExamples.Normal(1000 * seed + draw, count, 1).ToTorch(), (x, layer) => layer.call(x)).detach().ToTensor()];
        for (var i = 1; i <= 100; i++)
            Outputs(i, 64);
        foreach (var layer in order)
            layer.eval();
        var y = Outputs(0, 4000);
        var mean = y.Average();
        return Math.Sqrt(y.Average(value => (value - mean) * (value - mean)));
    });

    /// <summary>
    /// How much of the gradient of one sample's output goes to the other seven samples of its batch: the length of their part, as a share of
    /// the whole.
    /// </summary>
    /// <param name="normalize">Normalizes (8, 6, 1).</param>
    public static Outcome GradientToOthers(Func<torch.Tensor, torch.Tensor> normalize) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var scope = torch.NewDisposeScope();
        var x = SlideExamples.Normal(seed, 8, 6, 1).ToTorch().requires_grad_();
        normalize(x).select(0, 0).select(0, 0).sum().backward();
        double[] squares = [.. x.grad!.ToTensor().Select(value => (double)value * value)];
        return Math.Sqrt(squares.Skip(6).Sum() / squares.Sum());
    });
}
