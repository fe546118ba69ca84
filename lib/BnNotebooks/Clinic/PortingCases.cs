using BnNotebooks.Slides;
using TorchSharp;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace BnNotebooks.Clinic;

/// <summary>Cases of networks that come from elsewhere.</summary>
public static class PortingCases
{
    // Variances as deep layers have them: some channels hardly vary.
    static readonly float[] variances = [1e-4f, 1e-3f, 1e-2f, 1e-1f, 1, 10];

    /// <summary>
    /// How far the outputs are from those of the original, a batch norm with Keras' ε of 0.001, as a share of the original's, at most. The
    /// six channels have running variances from 0.0001 to 10.
    /// </summary>
    /// <param name="make">Makes a batch norm of six features, which is given the original's statistics.</param>
    public static Outcome AwayFromKeras(Func<BatchNorm> make)
    {
        using var scope = torch.NewDisposeScope();
        float[] Outputs(BatchNorm norm)
        {
            using (torch.no_grad())
                norm.running_var!.copy_(torch.tensor(variances));
            norm.eval();
            return [.. norm.call(torch.ones(1, variances.Length)).ToTensor()];
        }
        return Outputs(make()).Zip(Outputs(new SteadyBatchNorm(variances.Length, eps: 1e-3)), (y, original) => (double)Math.Abs(y / original - 1)).Max();
    }

    /// <summary>What comes of loading an old state, which has no <c>num_batches_tracked</c>.</summary>
    /// <param name="load">Loads the state into the layer.</param>
    public static Outcome LoadOldState(Action<BatchNorm, Dictionary<string, torch.Tensor>> load)
    {
        using var scope = torch.NewDisposeScope();
        BatchNorm old = new SteadyBatchNorm(3), layer = new SteadyBatchNorm(3);
        var state = old.state_dict();
        state.Remove("num_batches_tracked");
        return Outcome.Of(() => load(layer, state));
    }

    /// <summary>The standard deviation of all outputs for 32 samples of eight features.</summary>
    /// <param name="normalize">Gets the samples as (32, 8, 1), and gives outputs.</param>
    public static Outcome SpreadOfOutputs(Func<torch.Tensor, torch.Tensor> normalize) => Outcome.OfSeeds(4, seed =>
    {
        using var scope = torch.NewDisposeScope();
        double[] y = [.. normalize(SlideExamples.Normal(seed, 32, 8, 1).ToTorch()).ToTensor().Select(value => (double)value)];
        var mean = y.Average();
        return Math.Sqrt(y.Average(value => (value - mean) * (value - mean)));
    });
}
