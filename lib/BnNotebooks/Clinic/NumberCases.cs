using System.Numerics.Tensors;
using BnNotebooks.Slides;
using TorchSharp;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace BnNotebooks.Clinic;

/// <summary>Cases of arithmetic.</summary>
public static class NumberCases
{
    /// <summary>The variance that a formula finds for 1,000 numbers around a large mean. They are exact in the type that they come in.</summary>
    /// <param name="variance">Gets the numbers, (1000), and gives their variance.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">Half of them lie this far above it, half as far below: the true variance is its square.</param>
    public static Outcome Variance(Func<torch.Tensor, torch.Tensor> variance, float mean, float deviation)
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor((float[])[.. Enumerable.Range(0, 1000).Select(i => mean + (i % 2 == 0 ? deviation : -deviation))]);
        return variance(x).to_type(torch.ScalarType.Float32).item<float>();
    }

    /// <summary>
    /// The output in evaluation mode for a value of 0.1, of a feature that was 0 in all of 200 training batches.
    /// </summary>
    /// <param name="make">Makes a batch norm of one feature.</param>
    public static Outcome OutputOfAWokenChannel(Func<BatchNorm> make)
    {
        using var scope = torch.NewDisposeScope();
        var norm = make();
        for (var i = 0; i < 200; i++)
            norm.call(torch.zeros(20, 1));
        norm.eval();
        return norm.call(torch.tensor([0.1f], [1, 1])).item<float>();
    }
}
