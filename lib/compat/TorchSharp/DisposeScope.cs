using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Disposes, at its end, the tensors made on its thread meanwhile. Scopes nest.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] static DisposeScope? current;

    readonly HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);
    readonly DisposeScope? outer = current;

    internal DisposeScope() => current = this;

    public int DisposablesCount => disposables.Count;

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Move(disposable, null);
        return disposable;
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        Move(disposable, outer);
        return disposable;
    }

    public void DisposeEverything()
    {
        foreach (var disposable in disposables.ToArray()) disposable.Dispose();
        disposables.Clear();
    }

    public void Dispose()
    {
        DisposeEverything();
        if (current == this) current = outer;
    }

    /// <summary>Called by each new tensor: the scope that will dispose it.</summary>
    internal static DisposeScope? Enter(Tensor tensor)
    {
        current?.disposables.Add(tensor);
        return current;
    }

    internal void Forget(Tensor tensor) => disposables.Remove(tensor);

    void Move(IDisposable disposable, DisposeScope? to)
    {
        if (!disposables.Remove(disposable)) return;
        to?.disposables.Add(disposable);
        if (disposable is Tensor tensor) tensor.Scope = to;
    }
}
