using BnNotebooks.Core;
using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments.Layers;

/// <summary>
/// A layer written by hand inside a network of libtorch. libtorch cannot look into it, so its output starts a new graph: the
/// backward pass of what follows ends there, our layer takes the gradient through itself, and the backward pass of what came
/// before begins with the result (<see cref="Model.Backward"/> does that). The parameters are libtorch's, so that any
/// optimizer moves them; ours get their values before each forward pass.
/// </summary>
sealed class HandNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    readonly Layer<float> layer;
    readonly Parameter[] mirrors;
    torch.Tensor? input, output;

    public HandNorm(Layer<float> layer) : base(nameof(HandNorm))
    {
        this.layer = layer;
        mirrors = [.. layer.Parameters.Select(own => torch.nn.Parameter(own.Value.ToTorch()))];
        foreach (var (mirror, own) in mirrors.Zip(layer.Parameters))
            register_parameter(own.Name, mirror);
    }

    public override torch.Tensor forward(torch.Tensor x)
    {
        foreach (var (mirror, own) in mirrors.Zip(layer.Parameters))
            Numbers(mirror).CopyTo(own.Values);
        layer.Train(training);
        layer.GradEnabled = x.requires_grad;
        var y = layer.Forward(x.ToTensor()).ToTorch();
        if (!layer.GradEnabled)
            return y;
        y.requires_grad = true;
        (input, output) = (x, y);
        return y;
    }

    /// <summary>Takes the gradient that has arrived at the output back to the input and on to what came before.</summary>
    public void Backward()
    {
        if (output?.grad is not { } arrived)
            throw new InvalidOperationException($"{layer.GetType().Name} got no gradient: run a forward pass in training mode and the loss's backward first.");
        layer.ZeroGrad();
        var gradient = layer.Backward(arrived.ToTensor()).ToTorch();
        foreach (var (mirror, own) in mirrors.Zip(layer.Parameters))
            mirror.grad = own.Grad.ToTorch();
        input!.backward([gradient]);
        (input, output) = (null, null);
    }

    /// <summary>A copy of the layer's state.</summary>
    public IReadOnlyDictionary<string, StateTensor> Save() =>
        layer.StateDict().ToDictionary(entry => entry.Key, entry => entry.Value.Copy());

    /// <summary>Puts such a copy back.</summary>
    public void Restore(IReadOnlyDictionary<string, StateTensor> saved) => layer.LoadStateDict(saved);

    static float[] Numbers(torch.Tensor tensor)
    {
        using var elements = tensor.data<float>();
        return elements.ToArray();
    }
}
