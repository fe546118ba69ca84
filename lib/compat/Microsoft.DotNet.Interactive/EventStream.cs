using System.Collections.Immutable;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>Passes events on to whoever listens.</summary>
sealed class EventStream : IObservable<KernelEvent>
{
    ImmutableArray<IObserver<KernelEvent>> observers = [];

    public IDisposable Subscribe(IObserver<KernelEvent> observer)
    {
        ImmutableInterlocked.Update(ref observers, all => all.Add(observer));
        return new Subscription(() => ImmutableInterlocked.Update(ref observers, all => all.Remove(observer)));
    }

    public void Send(KernelEvent happened)
    {
        foreach (var observer in observers)
            observer.OnNext(happened);
    }

    public void End()
    {
        foreach (var observer in observers)
            observer.OnCompleted();
    }

    sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
