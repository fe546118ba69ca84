namespace BnNotebooks.Runner.Commands;

/// <summary>What the Runner's exit codes mean.</summary>
static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A notebook failed, or the results could not be written.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or names a notebook that is not there.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
