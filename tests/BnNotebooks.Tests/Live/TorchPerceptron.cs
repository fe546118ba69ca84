using System.Numerics.Tensors;
using BnNotebooks.Core;
using static TorchSharp.torch;
using TorchTensor = TorchSharp.torch.Tensor;

namespace BnNotebooks.Tests.Live;

/// <summary>
/// The same perceptron in TorchSharp as <c>new Mlp(sizes, normalization: "batch")</c>: linear layers, batch norms, ReLU,
/// cross-entropy and SGD of libtorch, from the same initial weights.
/// </summary>
internal sealed class TorchPerceptron : IDisposable
{
    private readonly TorchSharp.Modules.Sequential network;
    private readonly optim.Optimizer sgd;

    public TorchPerceptron(int[] sizes, Mlp start, double lr, double momentum)
    {
        var modules = new List<nn.Module<TorchTensor, TorchTensor>>();
        for (var i = 1; i < sizes.Length; i++)
        {
            modules.Add(nn.Linear(sizes[i - 1], sizes[i]));
            if (i < sizes.Length - 1)
                modules.AddRange([nn.BatchNorm1d(sizes[i]), nn.ReLU()]);
        }
        network = nn.Sequential(modules.ToArray());

        var weights = start.Parameters.ToDictionary(parameter => parameter.Name);
        using (no_grad())
            foreach (var (name, parameter) in network.named_parameters())
                parameter.copy_(weights[name].Value.ToTorch());
        sgd = optim.SGD(network.parameters(), lr, momentum);
    }

    /// <summary>Trains on one batch.</summary>
    /// <returns>The loss before the step.</returns>
    public float Step(Tensor<float> pixels, int[] labels)
    {
        using var scope = NewDisposeScope();
        network.train();
        sgd.zero_grad();
        var targets = tensor(labels.Select(label => (long)label).ToArray(), int64);
        var loss = nn.functional.cross_entropy(network.call(pixels.ToTorch()), targets);
        loss.backward();
        sgd.step();
        return loss.item<float>();
    }

    /// <summary>The logits of images, in evaluation.</summary>
    public Tensor<float> Evaluate(Tensor<float> pixels)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        network.eval();
        return network.call(pixels.ToTorch()).ToTensor();
    }

    public void Dispose()
    {
        sgd.Dispose();
        network.Dispose();
    }
}
