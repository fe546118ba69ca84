using System.Runtime.ExceptionServices;

namespace BnNotebooks.Core;

/// <summary>Work that can be cut into parts, each of which may run on any thread.</summary>
internal abstract class Work
{
    /// <summary>Does one of the parts.</summary>
    public abstract void Run(int part, int parts);
}

/// <summary>
/// Threads that wait for work: a call shares its parts with them, does one itself, and returns when all are done. Unlike
/// Parallel.For it allocates nothing. If they are busy with another caller's work, this caller does without them.
/// </summary>
internal static class ThreadTeam
{
    private static readonly Lock Busy = new();
    private static readonly List<Worker> All = [];

    // Of the work that is being shared: how many threads are still at it, whom to tell when none is, and what went wrong first.
    private static int unfinished;
    private static readonly object Finished = new();
    private static ExceptionDispatchInfo? failure;

    // Below this, waking a thread costs more than it saves.
    private const long ElementsPerThread = 64 << 10;

    // So long a caller looks whether the others are done before it sleeps: they mostly finish at about the same time.
    private const int Spins = 140;

    /// <summary>How many threads are worth it for so many elements. A browser has one.</summary>
    public static int For(long elements) =>
        OperatingSystem.IsBrowser() ? 1 : (int)Math.Clamp(elements / ElementsPerThread, 1, Parallelism.NumThreads);

    /// <summary>Runs all parts and waits for them; the first on the calling thread.</summary>
    public static void Run(Work work, int parts)
    {
        if (parts > 1 && Busy.TryEnter())
        {
            try
            {
                Share(work, parts);
            }
            finally
            {
                Busy.Exit();
            }
            return;
        }
        for (var part = 0; part < parts; part++)
            work.Run(part, parts);
        Streaming.Fence();
    }

    // The work points to memory that is pinned while this runs. So whatever happens on whatever thread, this returns when nobody is
    // at work any more: an exception is thrown afterwards, and Thread.Interrupt put off till then.
    private static void Share(Work work, int parts)
    {
        var interrupted = false;
        var helpers = Math.Min(parts - 1, Hire(parts - 1));
        (unfinished, failure) = (helpers, null);
        for (var part = 1; part <= helpers; part++)
            All[part - 1].Start(work, part, parts, ref interrupted);
        RunPart(work, 0, parts);
        for (var part = helpers + 1; part < parts; part++)
            RunPart(work, part, parts);
        WaitForAll(ref interrupted);
        if (interrupted)
            Thread.CurrentThread.Interrupt();
        failure?.Throw();
    }

    // How many there are, which may be too few: the system may have no more threads.
    private static int Hire(int helpers)
    {
        try
        {
            while (All.Count < helpers)
                All.Add(new Worker());
        }
        catch (Exception problem) when (problem is OutOfMemoryException or PlatformNotSupportedException)
        {
        }
        return All.Count;
    }

    private static void RunPart(Work work, int part, int parts)
    {
        try
        {
            work.Run(part, parts);
            Streaming.Fence();
        }
        catch (Exception problem)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(problem), null);
        }
    }

    private static void WaitForAll(ref bool interrupted)
    {
        while (Volatile.Read(ref unfinished) > 0)
        {
            try
            {
                for (var spin = new SpinWait(); Volatile.Read(ref unfinished) > 0 && spin.Count < Spins;)
                    spin.SpinOnce(sleep1Threshold: -1);
                lock (Finished)
                    while (unfinished > 0)
                        Monitor.Wait(Finished);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }
    }

    private sealed class Worker
    {
        private readonly SemaphoreSlim start = new(0);
        private Work? work;
        private int part;
        private int parts;

        public Worker() => new Thread(Loop) { IsBackground = true, Name = "BnNotebooks worker" }.Start();

        public void Start(Work newWork, int newPart, int newParts, ref bool interrupted)
        {
            (work, part, parts) = (newWork, newPart, newParts);
            while (true)
            {
                try
                {
                    start.Release();
                    return;
                }
                catch (ThreadInterruptedException)      // before it could release: it waits for a lock first
                {
                    interrupted = true;
                }
            }
        }

        private void Loop()
        {
            while (true)
            {
                start.Wait();
                RunPart(work!, part, parts);
                work = null;
                if (Interlocked.Decrement(ref unfinished) == 0)
                    lock (Finished)
                        Monitor.Pulse(Finished);
            }
        }
    }
}
