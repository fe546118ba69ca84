using System.Runtime.ExceptionServices;
using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>
/// Does jobs side by side, as many at a time as there are processors, each on a thread whose libtorch uses no further ones.
/// Two runs on a thread each are faster than two threads in each of two runs, and a run's numbers stay the same.
/// </summary>
static class Workers
{
    /// <summary>The results in the order of the jobs. The first exception ends it all.</summary>
    public static TResult[] Map<TJob, TResult>(IReadOnlyList<TJob> jobs, Func<TJob, TResult> work, int? workers = null)
    {
        var results = new TResult[jobs.Count];
        var next = -1;
        Exception? failure = null;
        void Work()
        {
            torch.set_num_threads(1);
            while (Volatile.Read(ref failure) is null && Interlocked.Increment(ref next) is var job && job < jobs.Count)
            {
                try
                {
                    results[job] = work(jobs[job]);
                }
                catch (Exception error)
                {
                    Interlocked.CompareExchange(ref failure, error, null);
                }
            }
        }

        // libtorch also remembers the count for threads to come, so it is put back.
        var before = torch.get_num_threads();
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(workers ?? Environment.ProcessorCount, jobs.Count))
            .Select(i => new Thread(Work) { IsBackground = true, Name = $"experiment {i}" })];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        torch.set_num_threads(before);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return results;
    }
}
