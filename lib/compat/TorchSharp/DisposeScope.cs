using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Disposes, at its end, the tensors made on its thread meanwhile. Scopes nest.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] static DisposeScope? current;

    readonly HashSet<Tensor> tensors = new(ReferenceEqualityComparer.Instance);
    readonly DisposeScope? outer = current;

    internal DisposeScope() => current = this;

    /// <summary>Called by each new tensor: the scope that will dispose it.</summary>
    internal static DisposeScope? Enter(Tensor tensor)
    {
        current?.tensors.Add(tensor);
        return current;
    }

    internal void Forget(Tensor tensor) => tensors.Remove(tensor);

    public void Dispose()
    {
        foreach (var tensor in tensors.ToArray()) tensor.Dispose();
        if (current == this) current = outer;
    }
}
