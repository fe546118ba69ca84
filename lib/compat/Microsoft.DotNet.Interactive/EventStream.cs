using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>Passes events on to whoever listens.</summary>
sealed class EventStream : IObservable<KernelEvent>
{
    readonly Lock gate = new();
    readonly List<IObserver<KernelEvent>> observers = [];

    public IDisposable Subscribe(IObserver<KernelEvent> observer)
    {
        lock (gate)
            observers.Add(observer);
        return new Subscription(this, observer);
    }

    public void Send(KernelEvent happened)
    {
        foreach (var observer in Snapshot())
            observer.OnNext(happened);
    }

    public void End()
    {
        foreach (var observer in Snapshot())
            observer.OnCompleted();
    }

    IObserver<KernelEvent>[] Snapshot()
    {
        lock (gate)
            return [.. observers];
    }

    sealed class Subscription(EventStream stream, IObserver<KernelEvent> observer) : IDisposable
    {
        public void Dispose()
        {
            lock (stream.gate)
                stream.observers.Remove(observer);
        }
    }
}
