using BnNotebooks.Core;
using BnNotebooks.Experiments.Layers;
using TorchSharp;
using TorchSharp.Modules;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace BnNotebooks.Experiments;

/// <summary>A network that was built for an experiment: its parts in order, forward and backward.</summary>
public sealed class Model : IDisposable
{
    internal Model(IReadOnlyList<Part> parts)
    {
        Parts = parts;
        Parameters = [.. parts.SelectMany(part => part.Module.parameters())];
    }

    /// <summary>The parts from input to output.</summary>
    public IReadOnlyList<Part> Parts { get; }

    /// <summary>Everything that is learned, in the order of the parts.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>TorchSharp's batch norms in order, for a look at their γ, β and running statistics.</summary>
    public IReadOnlyList<BatchNorm> BatchNorms => [.. Parts.Select(part => part.Module).OfType<BatchNorm>()];

    /// <summary>Switches all parts to training or to evaluation mode.</summary>
    /// <param name="training">True for training.</param>
    public void Train(bool training = true)
    {
        foreach (var part in Parts)
            part.Module.train(training);
    }

    /// <summary>Lets the batch norms normalize by their running statistics, also in training, and leave those as they are.</summary>
    internal void FreezeBatchNorms()
    {
        foreach (var norm in BatchNorms)
            norm.train(false);
    }

    /// <summary>Computes the output.</summary>
    /// <param name="x">Inputs of the shape that the network takes.</param>
    /// <param name="watch">Gets each part with its input and its output, or null.</param>
    /// <returns>Logits (N, classes) or values (N, targets).</returns>
    public torch.Tensor Forward(torch.Tensor x, Action<Part, torch.Tensor, torch.Tensor>? watch = null)
    {
        foreach (var part in Parts)
        {
            var y = part.Module.call(x);
            watch?.Invoke(part, x, y);
            x = y;
        }
        return x;
    }

    /// <summary>Takes the gradient of a loss back to all parameters, through layers that are written by hand too.</summary>
    /// <param name="loss">What the latest forward pass led to: one number.</param>
    public void Backward(torch.Tensor loss)
    {
        loss.backward();
        for (var i = Parts.Count - 1; i >= 0; i--)
            (Parts[i].Module as HandNorm)?.Backward();
    }

    /// <summary>Keeps all state, and puts it back when disposed: for a look around that must leave no trace.</summary>
    internal IDisposable Preserve() => new Preserved(this);

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        foreach (var part in Parts)
            part.Module.Dispose();
    }

    sealed class Preserved : IDisposable
    {
        readonly (torch.Tensor Live, torch.Tensor Copy)[] tensors;
        readonly (HandNorm Layer, IReadOnlyDictionary<string, StateTensor> State)[] byHand;

        public Preserved(Model model)
        {
            using var quiet = torch.no_grad();
            var buffers = model.BatchNorms.SelectMany(norm => new[] { norm.running_mean, norm.running_var, norm.num_batches_tracked });
            tensors = [.. model.Parameters.Concat(buffers).OfType<torch.Tensor>()
                .Select(live => (live, live.clone().DetachFromDisposeScope()))];
            byHand = [.. model.Parts.Select(part => part.Module).OfType<HandNorm>().Select(layer => (layer, layer.Save()))];
        }

        public void Dispose()
        {
            using var quiet = torch.no_grad();
            foreach (var (live, copy) in tensors)
            {
                live.copy_(copy);
                copy.Dispose();
            }
            foreach (var (layer, saved) in byHand)
                layer.Restore(saved);
        }
    }
}
