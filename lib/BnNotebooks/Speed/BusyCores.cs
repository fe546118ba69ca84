namespace BnNotebooks.Speed;

/// <summary>Keeps every core busy, as other programs would, until it is disposed of.</summary>
public sealed class BusyCores : IDisposable
{
    volatile bool done;

    /// <summary>Starts one thread for each core.</summary>
    public BusyCores()
    {
        for (var core = 0; core < Environment.ProcessorCount; core++)
            new Thread(Spin) { IsBackground = true }.Start();
    }

    /// <summary>Gives the cores back.</summary>
    public void Dispose() => done = true;

    void Spin()
    {
        while (!done) { }
    }
}
