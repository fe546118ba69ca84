namespace BnNotebooks.Core;

/// <summary>Work that can be cut into parts, each of which may run on any thread. It holds plain memory only.</summary>
internal interface IWork
{
    /// <summary>Does one of the parts.</summary>
    void Run(int part, int parts);
}

/// <summary>
/// Threads that wait for work: a call shares its parts with them, does one itself, and returns when all are done. Unlike
/// Parallel.For it allocates nothing. If they are busy with another caller's work, this caller does without them.
/// </summary>
internal static unsafe class Workers
{
    private static readonly Lock Busy = new();
    private static readonly List<Worker> All = [];
    private static readonly SemaphoreSlim Finished = new(0);

    // Below this, waking a thread costs more than it saves.
    private const long ElementsPerThread = 64 << 10;

    /// <summary>How many threads are worth it for so many elements.</summary>
    public static int For(long elements) => (int)Math.Clamp(elements / ElementsPerThread, 1, Parallelism.NumThreads);

    /// <summary>Runs all parts and waits for them; the first on the calling thread.</summary>
    public static void Run<TWork>(TWork work, int parts) where TWork : unmanaged, IWork
    {
        if (parts > 1 && Busy.TryEnter())
        {
            try
            {
                Share(&work, parts);
            }
            finally
            {
                Busy.Exit();
            }
            return;
        }
        for (var part = 0; part < parts; part++)
            work.Run(part, parts);
    }

    // The work lies on the caller's stack, which stays as it is until this returns.
    private static void Share<TWork>(TWork* work, int parts) where TWork : unmanaged, IWork
    {
        while (All.Count < parts - 1)
            All.Add(new Worker());
        for (var part = 1; part < parts; part++)
            All[part - 1].Start(&Part<TWork>, work, part, parts);
        work->Run(0, parts);
        for (var part = 1; part < parts; part++)
            Finished.Wait();
    }

    private static void Part<TWork>(void* work, int part, int parts) where TWork : unmanaged, IWork => ((TWork*)work)->Run(part, parts);

    private sealed class Worker
    {
        private readonly SemaphoreSlim start = new(0);
        private delegate*<void*, int, int, void> run;
        private void* work;
        private int part;
        private int parts;

        public Worker() => new Thread(Loop) { IsBackground = true, Name = "BnNotebooks worker" }.Start();

        public void Start(delegate*<void*, int, int, void> newRun, void* newWork, int newPart, int newParts)
        {
            run = newRun;
            work = newWork;
            (part, parts) = (newPart, newParts);
            start.Release();
        }

        private void Loop()
        {
            while (true)
            {
                start.Wait();
                run(work, part, parts);
                Finished.Release();
            }
        }
    }
}
